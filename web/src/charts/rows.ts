// Charts of named rows (intervals, bars) share a layout: the name on the left, what is drawn in the middle, the text of the
// document on the right. On a narrow screen name and text stand above what is drawn.
import { LABEL_SIZE, NARROW_BELOW, SMALL_SIZE, lineShape, textShape, type Pen, type Shape } from './drawing';
import { textWidth, wrapText } from './text';
import type { Theme } from './theme';

export interface NamedRow {
  label: string;
  text: string;
  group?: string;
}

export interface RowPlace {
  top: number;
  height: number;
  // Where the mark of the row stands, in pixels from the top of the plot.
  center: number;
  label: string[];
  text: string[];
  header: string;
}

export interface RowLayout {
  narrow: boolean;
  left: number;
  right: number;
  height: number;
  places: RowPlace[];
}

const ROW = 28;
const LINE = 16;
const HEADER = 34;

// Name and text on one line where they fit, else each on its own.
function narrowLines(row: NamedRow, room: number): string[] {
  const joined = row.text ? `${row.label}:  ${row.text}` : row.label;
  if (textWidth(joined, LABEL_SIZE) <= room) return [joined];
  return [...wrapText(row.label, room, LABEL_SIZE, 3), ...wrapText(row.text, room, LABEL_SIZE, 2)];
}

export function layRows(rows: NamedRow[], width: number, mark = 14): RowLayout {
  const narrow = width < NARROW_BELOW;
  const widest = (texts: string[]) => Math.max(0, ...texts.map((text) => textWidth(text ?? '', LABEL_SIZE)));
  const left = narrow ? 16 : Math.min(widest(rows.map((row) => row.label)) + 18, width * 0.34);
  const right = narrow ? 18 : Math.min(widest(rows.map((row) => row.text)) + 24, width * 0.26);
  let top = 0;
  let group = '';
  const places = rows.map((row) => {
    const header = row.group && row.group !== group ? row.group : '';
    group = row.group ?? '';
    const offset = header ? HEADER : 0;
    const label = narrow
      ? narrowLines(row, width - 24)
      : wrapText(row.label, left - 14, LABEL_SIZE, 3);
    const text = narrow ? [] : wrapText(row.text, right - 16, LABEL_SIZE, 3);
    const lines = Math.max(label.length, text.length, 1);
    const height = narrow ? label.length * LINE + mark + 16 : Math.max(ROW, mark + 12, lines * LINE + 8);
    const center = narrow ? offset + label.length * LINE + mark / 2 + 6 : offset + height / 2;
    const place: RowPlace = { top, height: offset + height, center: top + center, label, text, header };
    top += offset + height;
    return place;
  });
  return { narrow, left, right, height: top, places };
}

export function rowTexts(layout: RowLayout, index: number, pen: Pen, theme: Theme): Shape[] {
  const row = layout.places[index]!;
  const { x, y, width } = pen.frame;
  const shapes: Shape[] = [];
  const halo = layout.narrow ? { stroke: theme.paper, lineWidth: 4 } : {};
  const style = { fill: theme.ink, lineHeight: LINE, verticalAlign: 'middle', ...halo };
  if (row.header) {
    const at = y + row.top + HEADER - 13;
    if (index > 0) shapes.push(lineShape(x - layout.left, y + row.top + 5, x + width + layout.right, y + row.top + 5, { stroke: theme.rule, lineWidth: 1 }));
    shapes.push(textShape(row.header, layout.narrow ? x : 4, at, { ...style, weight: 600, fill: theme.muted, size: SMALL_SIZE + 0.5, align: 'left' }));
  }
  if (layout.narrow) {
    const middle = y + row.top + (row.header ? HEADER : 0) + (row.label.length * LINE) / 2 + 2;
    shapes.push(textShape(row.label.join('\n'), x, middle, { ...style, align: 'left' }));
    return shapes;
  }
  shapes.push(textShape(row.label.join('\n'), x - 12, y + row.center, { ...style, align: 'right' }));
  if (row.text.length)
    shapes.push(textShape(row.text.join('\n'), x + width + 14, y + row.center, { ...style, align: 'left' }));
  return shapes;
}

// The upright axis of such a chart counts pixels.
export function rowAxis(layout: RowLayout) {
  return { type: 'value', min: 0, max: layout.height || 1, inverse: true, show: false };
}
