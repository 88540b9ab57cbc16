import { describe, expect, it } from 'vitest';
import { cellText, tableTexts } from '../src/document/cells';
import { readDocument } from '../src/document/read';

const problemOf = (source: string) => {
  const reading = readDocument(source);
  return 'problem' in reading ? reading.problem : '';
};

describe('reading a document', () => {
  it('refuses what it does not know, in words', () => {
    expect(problemOf('null')).toContain('no document');
    expect(problemOf('{"format":')).toContain('not JSON');
    expect(problemOf('[]')).toContain('does not name its format');
    expect(problemOf('{"format": "peercap-report/2"}')).toContain('peercap-report/2');
  });
  it('fills in what is missing, and leaves out what it does not know', () => {
    const reading = readDocument('{"format": "peercap-report/1", "title": "T", "color": "red", "answer": {"figures": null}}');
    if (!('document' in reading)) throw new Error(reading.problem);
    expect(reading.document.title).toBe('T');
    expect(reading.document.sections).toEqual([]);
    expect(reading.document.answer).toEqual({ sentence: '', sentences: [], figures: [], warnings: [] });
    expect('color' in reading.document).toBe(false);
  });
});

describe('cells', () => {
  const columns = ['Name', 'low', 'high'].map((label) => ({ label, unit: '', numeric: false }));
  it('are text, or have one', () => {
    expect(cellText('a')).toBe('a');
    expect(cellText({ text: '7 %', value: 0.07 })).toBe('7 %');
    expect(cellText(null)).toBe('');
  });
  it('are found by row and column', () => {
    const textOf = tableTexts({ caption: '', columns, rows: [['stress', { text: '82 %' }, '0 %']] });
    expect(textOf('stress', 'low')).toBe('82 %');
    expect(textOf('stress', 'moderate')).toBe('');
  });
  it('are not found where a name stands twice', () => {
    const textOf = tableTexts({ caption: '', columns, rows: [['a', '1', '2'], ['a', '3', '4']] });
    expect(textOf('a', 'low')).toBe('');
  });
});
