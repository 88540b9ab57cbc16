// Widths are estimated from kinds of characters, because a chart's layout has to be known before it is drawn, and the same
// everywhere. Estimates are a little wide: a label then has space to spare.

const NARROW = new Set("iljtfrI.,:;'|!()[] ");
const WIDE = new Set('mwMW%@—→');

export function textWidth(text: string, size: number): number {
  let units = 0;
  for (const letter of text) {
    if (NARROW.has(letter)) units += 0.34;
    else if (WIDE.has(letter)) units += 0.9;
    else if (letter >= 'A' && letter <= 'Z') units += 0.69;
    else units += 0.59;
  }
  return units * size;
}

function fit(word: string, width: number, size: number): string {
  let text = word;
  while (text.length > 1 && textWidth(`${text}…`, size) > width) text = text.slice(0, -1);
  return text === word ? word : `${text}…`;
}

// Lines that are at most `width` wide and at most `most` many; what does not fit is cut with an ellipsis.
export function wrapText(text: string, width: number, size: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of (text ?? '').split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (!line || textWidth(longer, size) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line) lines.push(line);
  const kept = lines.slice(0, most);
  if (lines.length > most) kept[most - 1] = `${kept[most - 1]} ${lines[most]}`;
  return kept.map((each) => (textWidth(each, size) > width ? fit(each, width, size) : each));
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
