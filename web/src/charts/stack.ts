import { tableTexts } from '../document/cells';
import { list } from '../document/read';
import type { StackChart } from '../document/types';
import {
  SMALL_SIZE,
  baseOption,
  drawEach,
  finite,
  gridOption,
  lineShape,
  rectShape,
  textShape,
  tooltipText,
  valueAxis,
  type Drawing,
  type Frame,
  type Nothing,
  type Pen,
  type Setting,
  type Shape,
} from './drawing';
import { layRows, rowAxis, rowTexts } from './rows';
import { textWidth } from './text';
import { axisTitle, pointerText } from './ticks';

const BAR = 22;
const HATCH_STEP = 7;

// Slanted lines, cut at the edges of the frame.
export function hatch(frame: Frame, color: string): Shape[] {
  const shapes: Shape[] = [];
  const { x, y, width, height } = frame;
  for (let start = -height; start < width; start += HATCH_STEP) {
    const from = Math.max(start, 0);
    const to = Math.min(start + height, width);
    if (to - from < 1) continue;
    shapes.push(
      lineShape(x + from, y + height - (from - start), x + to, y + height - (to - start), {
        stroke: color,
        lineWidth: 1,
        opacity: 0.55,
      }),
    );
  }
  return shapes;
}

function lastOf(ends: number[]): number {
  return ends[ends.length - 1] ?? 0;
}

export function drawStack(chart: StackChart, { width, theme }: Setting): Drawing | Nothing {
  const categories = list(chart.categories);
  const parts = list(chart.parts);
  if (categories.length === 0 || parts.length === 0) return { nothing: 'There is no bar to draw.' };
  const layout = layRows(categories.map((label) => ({ label, text: '' })), width, BAR);
  layout.right = Math.max(layout.right, 20);
  const textOf = tableTexts(chart.table);
  // A bar ends where its parts end: places are sums, labels are not.
  const ends = categories.map((_, row) => {
    let end = 0;
    return parts.map((part) => (end += finite(part.values?.[row]) ? (part.values[row] as number) : 0));
  });
  const looks = parts.map((part) => theme.parts[part.tone] ?? theme.parts.other);
  const data = categories.map((_, row) => [lastOf(ends[row]!), layout.places[row]!.center, 0]);

  const drawBar = (pen: Pen, row: number): Shape[] => {
    const shapes = rowTexts(layout, row, pen, theme);
    const top = pen.frame.y + layout.places[row]!.center - BAR / 2;
    parts.forEach((part, index) => {
      if (!finite(part.values?.[row]) || part.values[row] === 0) return;
      const from = pen.at(index === 0 ? 0 : ends[row]![index - 1]!, 0)[0];
      const frame = { x: from, y: top, width: pen.at(ends[row]![index]!, 0)[0] - from - 1, height: BAR };
      if (frame.width <= 0) frame.width = 1;
      const look = looks[index]!;
      shapes.push(rectShape(frame, { fill: look.fill, stroke: look.edge, lineWidth: 1 }));
      const text = textOf(categories[row]!, part.name).replace(/ \(.*$/, '');
      const fits = text !== '' && textWidth(text, SMALL_SIZE, 600) + 10 < frame.width;
      if (part.tone === 'bad') {
        const space = fits ? textWidth(text, SMALL_SIZE, 600) + 12 : 0;
        const side = (frame.width - space) / 2;
        if (!fits) shapes.push(...hatch(frame, theme.paper));
        else if (side > 3)
          shapes.push(
            ...hatch({ ...frame, width: side }, theme.paper),
            ...hatch({ ...frame, x: frame.x + side + space, width: side }, theme.paper),
          );
      }
      if (fits)
        shapes.push(
          textShape(text, frame.x + frame.width / 2, top + BAR / 2 + 0.5, {
            fill: look.ink,
            size: SMALL_SIZE,
            weight: 600,
            align: 'center',
            verticalAlign: 'middle',
          }),
        );
    });
    return shapes;
  };
  const whole = chart.x.scale === 'percent' && ends.every((each) => lastOf(each) <= 1.0001);
  const axis = valueAxis(chart.x, { theme, fromZero: true, splitNumber: width < 500 ? 4 : 5 });
  const bottom = 26;
  return {
    option: {
      ...baseOption(theme),
      grid: gridOption(theme, layout.left, layout.right, 8, bottom),
      xAxis: { ...axis, max: axis.max ?? (whole ? 1 : undefined) },
      yAxis: rowAxis(layout),
      tooltip: {
        ...(baseOption(theme).tooltip as object),
        trigger: 'item',
        formatter: (item: { dataIndex: number }) => {
          const row = item.dataIndex;
          const lines = parts.map((part) => {
            const value = part.values?.[row];
            const text = textOf(categories[row] ?? '', part.name) || (finite(value) ? pointerText(chart.x, value) : 'no value');
            return `${part.name}: ${text}`;
          });
          return tooltipText(categories[row] ?? '', lines);
        },
      },
      series: [drawEach(data, drawBar, { z: 3, encode: { x: [0, 2], y: 1 } })],
    },
    height: 8 + layout.height + bottom,
    legend: parts.map((part, index) => ({
      shape: 'box',
      name: part.name,
      color: looks[index]!.fill,
      edge: looks[index]!.edge,
      hatched: part.tone === 'bad',
    })),
    margin: layout.right,
    below: axisTitle(chart.x),
  };
}
