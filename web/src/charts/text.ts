// A chart's layout has to be known before it is drawn, so its words are measured with a canvas of the page. Where there is
// none (tests), widths are estimated from kinds of characters, a little wide, so that a label has space to spare.
import { FONT } from './theme';

const NARROW = new Set("iljtfrI.,:;'|!()[] ");
const WIDE = new Set('mwMW%@—→');

let canvas: CanvasRenderingContext2D | null | undefined;
const measured = new Map<string, number>();

export function textWidth(text: string, size: number, weight = 400): number {
  canvas ??= typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  if (!canvas) return estimate(text ?? '', size);
  const key = `${weight} ${size} ${text}`;
  let width = measured.get(key);
  if (width === undefined) {
    canvas.font = `${weight} ${size}px ${FONT}`;
    width = canvas.measureText(text ?? '').width;
    measured.set(key, width);
  }
  return width;
}

export function estimate(text: string, size: number): number {
  let units = 0;
  for (const letter of text) {
    if (NARROW.has(letter)) units += 0.38;
    else if (WIDE.has(letter)) units += 0.9;
    else if (letter >= 'A' && letter <= 'Z') units += 0.72;
    else units += 0.63;
  }
  return units * size;
}

function fit(word: string, width: number, size: number, weight: number): string {
  let text = word;
  while (text.length > 1 && textWidth(`${text}…`, size, weight) > width) text = text.slice(0, -1);
  return text === word ? word : `${text}…`;
}

// Lines that are at most `width` wide and at most `most` many; what does not fit is cut with an ellipsis.
export function wrapText(text: string, width: number, size: number, most: number, weight = 400): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of (text ?? '').split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (!line || textWidth(longer, size, weight) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line) lines.push(line);
  const kept = lines.slice(0, most);
  if (lines.length > most) kept[most - 1] = `${kept[most - 1]} ${lines[most]}`;
  return kept.map((each) => (textWidth(each, size, weight) > width ? fit(each, width, size, weight) : each));
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
