import { list } from '../document/read';
import type { IntervalsChart } from '../document/types';
import {
  SMALL_SIZE,
  baseOption,
  drawEach,
  drawOnce,
  finite,
  gridOption,
  lineShape,
  textShape,
  tooltipText,
  valueAxis,
  type Drawing,
  type Nothing,
  type Pen,
  type Setting,
  type Shape,
} from './drawing';
import { layRows, rowAxis, rowTexts } from './rows';
import { textWidth, wrapText } from './text';
import type { Theme } from './theme';
import { axisTitle } from './ticks';

const CAP = 5;

function toneColor(tone: string, theme: Theme): string {
  if (tone === 'good') return theme.good;
  if (tone === 'bad') return theme.bad;
  return tone === 'other' ? theme.lines.other : theme.neutral;
}

// Tones differ by the shape of the dot too.
function dot(tone: string, x: number, y: number, color: string, paper: string): Shape {
  const style = { fill: color, stroke: paper, lineWidth: 1 };
  if (tone === 'bad')
    return { type: 'polygon', shape: { points: [[x, y - 6], [x + 6, y], [x, y + 6], [x - 6, y]] }, style };
  if (tone === 'other') return { type: 'circle', shape: { cx: x, cy: y, r: 4 }, style: { fill: paper, stroke: color, lineWidth: 2 } };
  return { type: 'circle', shape: { cx: x, cy: y, r: 5 }, style };
}

// A dot with its interval; what reaches beyond the plot ends in an arrow's place, at the edge.
export function intervalShapes(low: number, value: number, high: number, y: number, tone: string, theme: Theme): Shape[] {
  const color = toneColor(tone, theme);
  const stroke = { stroke: color, lineWidth: 2 };
  const shapes: Shape[] = [];
  if (finite(low) && finite(high))
    shapes.push(
      lineShape(low, y, high, y, stroke),
      lineShape(low, y - CAP, low, y + CAP, stroke),
      lineShape(high, y - CAP, high, y + CAP, stroke),
    );
  if (finite(value)) shapes.push(dot(tone, value, y, color, theme.paper));
  return shapes;
}

export function drawIntervals(chart: IntervalsChart, { width, theme }: Setting): Drawing | Nothing {
  const rows = list(chart.rows);
  if (rows.length === 0) return { nothing: 'There is no row to draw.' };
  if (!rows.some((row) => finite(row.value) || (finite(row.low) && finite(row.high))))
    return { nothing: 'No row has a value.' };
  const layout = layRows(rows, width);
  const reference = chart.reference && finite(chart.reference.x) ? chart.reference : null;
  const top = reference ? 26 : 10;
  const bottom = 26;
  const number = (value: number | null) => (finite(value) && !(chart.x.scale === 'log' && value <= 0) ? value : NaN);
  const data = rows.map((row, index) => [
    number(row.value),
    layout.places[index]!.center,
    number(row.low),
    number(row.high),
  ]);
  const drawRow = (pen: Pen, index: number): Shape[] => {
    const [value, , low, high] = data[index]!;
    const y = pen.frame.y + layout.places[index]!.center;
    const pixel = (at: number | undefined) => (finite(at) ? pen.at(at, 0)[0] : NaN);
    const { x, width: plot } = pen.frame;
    return [
      lineShape(x, y, x + plot, y, { stroke: theme.rule, lineWidth: 1 }),
      ...rowTexts(layout, index, pen, theme),
      ...intervalShapes(pixel(low), pixel(value), pixel(high), y, rows[index]!.tone, theme),
    ];
  };
  const named = reference ? (wrapText(reference.label, width - 20, SMALL_SIZE, 1)[0] ?? '') : '';
  const drawReference = (pen: Pen): Shape[] => {
    if (!reference) return [];
    const at = pen.at(reference.x, 0)[0];
    const { x, y, height, width: plot } = pen.frame;
    const half = textWidth(named, SMALL_SIZE) / 2;
    const label = Math.min(Math.max(at, x + half - layout.left + 8), x + plot + layout.right - half);
    return [
      lineShape(at, y - 6, at, y + height, { stroke: theme.ink, lineWidth: 1.25, lineDash: [5, 4] }),
      textShape(named, label, y - 14, {
        fill: theme.ink,
        size: SMALL_SIZE,
        align: 'center',
        verticalAlign: 'middle',
      }),
    ];
  };
  return {
    option: {
      ...baseOption(theme),
      grid: gridOption(theme, layout.left, layout.right, top, bottom),
      xAxis: valueAxis(chart.x, { theme, splitNumber: Math.max(3, Math.round((width - layout.left - layout.right) / 90)) }),
      yAxis: rowAxis(layout),
      tooltip: {
        ...(baseOption(theme).tooltip as object),
        trigger: 'item',
        formatter: (item: { dataIndex: number }) => {
          const row = rows[item.dataIndex];
          return row ? tooltipText(row.label, [row.text]) : '';
        },
      },
      series: [
        ...(reference ? [drawOnce([[reference.x, NaN]], drawReference, { z: 2 })] : []),
        drawEach(data, drawRow, { z: 3, encode: { x: [0, 2, 3], y: 1 } }),
      ],
    },
    height: top + layout.height + bottom,
    legend: [],
    margin: layout.right,
    below: axisTitle(chart.x),
  };
}
