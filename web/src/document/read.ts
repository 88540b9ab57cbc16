import { FORMAT, type ReportDocument } from './types';

export type Reading = { document: ReportDocument } | { problem: string; advice: string };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

// What is missing is empty, so that the components need not ask.
export function list<T>(value: T[] | null | undefined): T[] {
  return Array.isArray(value) ? value : [];
}

function records<T>(value: unknown): T[] {
  return list(value as unknown[]).filter(isRecord) as T[];
}

export function readDocument(source: string): Reading {
  let raw: unknown;
  try {
    raw = JSON.parse(source);
  } catch {
    return {
      problem: 'The document in this file cannot be read: it is not JSON.',
      advice: 'The file may have been cut off or changed. Make the report anew with peercap report.',
    };
  }
  if (raw === null)
    return {
      problem: 'This is the empty page of peercap reports: no document stands in it.',
      advice: 'peercap report makes a copy of this page that shows a result.',
    };
  if (!isRecord(raw) || typeof raw.format !== 'string')
    return {
      problem: 'The document in this file does not name its format.',
      advice: `This page shows documents of the format ${FORMAT}.`,
    };
  if (raw.format !== FORMAT)
    return {
      problem: `The document in this file has the format “${raw.format}”, and this page shows ${FORMAT}.`,
      advice: 'Make the report anew with one version of peercap, so that page and document belong together.',
    };
  const answer = isRecord(raw.answer) ? raw.answer : {};
  return {
    document: {
      format: raw.format,
      kind: text(raw.kind),
      title: text(raw.title),
      description: text(raw.description),
      facts: list(raw.facts as string[]),
      created: text(raw.created),
      program: text(raw.program),
      answer: {
        sentence: text(answer.sentence),
        sentences: list(answer.sentences as string[]),
        figures: records(answer.figures),
        warnings: list(answer.warnings as string[]),
      },
      sections: records(raw.sections),
    },
  };
}
