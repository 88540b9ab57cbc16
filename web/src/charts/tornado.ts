import { list } from '../document/read';
import type { TornadoChart } from '../document/types';
import {
  SMALL_SIZE,
  baseOption,
  drawEach,
  drawOnce,
  finite,
  gridOption,
  lineShape,
  rectShape,
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
import { hatch } from './stack';
import { textWidth, wrapText } from './text';
import { axisTitle } from './ticks';

const BAR = 18;

export function drawTornado(chart: TornadoChart, { width, theme }: Setting): Drawing | Nothing {
  const rows = list(chart.rows).filter((row) => finite(row.low) || finite(row.high));
  if (rows.length === 0) return { nothing: 'There is no row to draw.' };
  if (!finite(chart.base?.x)) return { nothing: 'The value to compare with is missing.' };
  const layout = layRows(rows, width, BAR);
  const base = chart.base;
  const top = 28;
  const bottom = 26;
  const data = rows.map((row, index) => [base.x, layout.places[index]!.center, row.low ?? NaN, row.high ?? NaN]);
  // Room for the labels at the ends of the longest bars, in units of the axis.
  const values = rows.flatMap((row) => [row.low, row.high]).filter(finite);
  const [least, most] = [Math.min(base.x, ...values), Math.max(base.x, ...values)];
  const plot = Math.max(60, width - layout.left - layout.right);
  const short = (text: string) => wrapText(text ?? '', plot * 0.28, SMALL_SIZE, 1)[0] ?? '';
  const longest = Math.max(...rows.flatMap((row) => [row.low_label, row.high_label]).map((text) => textWidth(short(text), SMALL_SIZE)));
  const share = Math.min(0.3, (longest + 10) / plot);
  const room = ((most - least || Math.abs(base.x) || 1) * share) / (1 - 2 * share);
  const axis = valueAxis(chart.x, { theme, splitNumber: Math.max(3, Math.round(plot / 110)) });
  const roomy = chart.x.scale === 'log' ? {} : { min: axis.min ?? least - room, max: axis.max ?? most + room };

  const drawRow = (pen: Pen, index: number): Shape[] => {
    const row = rows[index]!;
    const y = pen.frame.y + layout.places[index]!.center;
    const middle = pen.at(base.x, 0)[0];
    const sides = [
      { value: row.low, label: short(row.low_label), color: theme.low, hatched: false },
      { value: row.high, label: short(row.high_label), color: theme.high, hatched: true },
    ].filter((side) => finite(side.value));
    // Where both settings move the answer the same way, each has half of the bar's height.
    const signs = sides.map((side) => Math.sign((side.value as number) - base.x));
    const halved = signs.length === 2 && signs[0] !== 0 && signs[0] === signs[1];
    const shapes = rowTexts(layout, index, pen, theme);
    sides.forEach((side, order) => {
      const end = pen.at(side.value as number, 0)[0];
      const height = halved ? BAR / 2 - 0.5 : BAR;
      const from = halved && order === 1 ? y + 0.5 : y - BAR / 2;
      const frame = { x: Math.min(middle, end), y: from, width: Math.abs(end - middle), height };
      const toLeft = end < middle || (end === middle && order === 0);
      shapes.push(rectShape(frame, { fill: side.color }));
      if (side.hatched) shapes.push(...hatch(frame, theme.paper));
      if (side.label)
        shapes.push(
          textShape(side.label, end + (toLeft ? -5 : 5), halved ? y + (order === 0 ? -7 : 7) : y, {
            fill: theme.muted,
            size: SMALL_SIZE,
            align: toLeft ? 'right' : 'left',
            verticalAlign: 'middle',
          }),
        );
    });
    return shapes;
  };
  const named = wrapText(base.label, width - 20, SMALL_SIZE, 1)[0] ?? '';
  const drawBase = (pen: Pen): Shape[] => {
    const at = pen.at(base.x, 0)[0];
    const half = textWidth(named, SMALL_SIZE) / 2;
    const { x, y, height, width: inner } = pen.frame;
    const label = Math.min(Math.max(at, x - layout.left + half + 8), x + inner + layout.right - half - 4);
    return [
      lineShape(at, y - 6, at, y + height, { stroke: theme.ink, lineWidth: 1.25 }),
      textShape(named, label, y - 15, { fill: theme.ink, size: SMALL_SIZE, align: 'center', verticalAlign: 'middle' }),
    ];
  };
  return {
    option: {
      ...baseOption(theme),
      grid: gridOption(theme, layout.left, layout.right, top, bottom),
      xAxis: { ...axis, ...roomy, axisLabel: { ...axis.axisLabel, showMinLabel: false, showMaxLabel: false } },
      yAxis: rowAxis(layout),
      tooltip: {
        ...(baseOption(theme).tooltip as object),
        trigger: 'item',
        formatter: (item: { dataIndex: number }) => {
          const row = rows[item.dataIndex];
          return row ? tooltipText(row.label, [row.text, `low: ${row.low_label}`, `high: ${row.high_label}`]) : '';
        },
      },
      series: [
        drawEach(data, drawRow, { z: 3, encode: { x: [0, 2, 3], y: 1 } }),
        drawOnce([[base.x, NaN]], drawBase, { z: layout.narrow ? 2 : 4 }),
      ],
    },
    height: top + layout.height + bottom,
    legend: [
      { shape: 'box', name: 'at the low value', color: theme.low, edge: theme.low, hatched: false },
      { shape: 'box', name: 'at the high value', color: theme.high, edge: theme.high, hatched: true },
    ],
    margin: layout.right,
    below: axisTitle(chart.x),
  };
}
