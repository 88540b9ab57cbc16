import { list } from '../document/read';
import type { Axis, FrontierChart, FrontierPoint } from '../document/types';
import {
  NARROW_BELOW,
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
  type Frame,
  type Nothing,
  type Pen,
  type Setting,
  type Shape,
} from './drawing';
import { textWidth, wrapText } from './text';
import { axisTitle, pointerText, tickFormatter } from './ticks';

const PLOT_HEIGHT = 380;
const LINE = 15;

type Placed = FrontierPoint & { x: number; y: number };

function overlap(a: Frame, b: Frame): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export interface LabelPlace extends Frame {
  align: 'left' | 'right' | 'center';
}

// For each point the first place around it where its label lies on nothing else; none where there is no such place.
export function placeLabels(
  points: [number, number][],
  sizes: [number, number][],
  order: number[],
  frame: Frame,
): (LabelPlace | null)[] {
  const taken: Frame[] = points.map(([x, y]) => ({ x: x - 6, y: y - 6, width: 12, height: 12 }));
  const places: (LabelPlace | null)[] = points.map(() => null);
  for (const index of order) {
    const [x, y] = points[index]!;
    const [width, height] = sizes[index]!;
    const tries: LabelPlace[] = [
      { x: x + 10, y: y - height - 2, width, height, align: 'left' },
      { x: x + 10, y: y + 4, width, height, align: 'left' },
      { x: x - 10 - width, y: y - height - 2, width, height, align: 'right' },
      { x: x - 10 - width, y: y + 4, width, height, align: 'right' },
      { x: x - width / 2, y: y - height - 12, width, height, align: 'center' },
      { x: x - width / 2, y: y + 12, width, height, align: 'center' },
    ];
    const free = tries.find(
      (each) =>
        each.x >= frame.x &&
        each.x + width <= frame.x + frame.width &&
        each.y >= frame.y &&
        each.y + height <= frame.y + frame.height &&
        !taken.some((other) => overlap(each, other)),
    );
    if (!free) continue;
    taken.push(free);
    places[index] = free;
  }
  return places;
}

// Room around the points, but not beyond zero or 100 % where no value lies there.
function roomAround(axis: Axis, values: number[], least: number, most: number) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const span = high - low || Math.abs(high) || 1;
  const from = low >= 0 && low - least * span < 0;
  const to = axis.scale === 'percent' && high <= 1 && high + most * span > 1;
  return {
    min: axis.min ?? (from && axis.scale !== 'log' ? 0 : undefined),
    max: axis.max ?? (to ? 1 : undefined),
    boundaryGap: [from ? 0 : `${least * 100}%`, to ? 0 : `${most * 100}%`],
  };
}

function direction(axis: string, better: string): string {
  return better === 'down' ? `${axis}, lower is better` : `${axis}, higher is better`;
}

export function drawFrontier(chart: FrontierChart, { width, theme }: Setting): Drawing | Nothing {
  const points = list(chart.points).filter((point): point is Placed => finite(point.x) && finite(point.y));
  if (points.length === 0) return { nothing: 'There is no point to draw.' };
  const best = points.filter((point) => point.best).sort((a, b) => a.x - b.x);
  const data = points.map((point) => [
    point.x,
    point.y,
    point.x_low ?? NaN,
    point.x_high ?? NaN,
    point.y_low ?? NaN,
    point.y_high ?? NaN,
  ]);
  const color = (point: Placed) => (point.best ? theme.lines.main : theme.muted);
  const drawPoint = (pen: Pen, index: number): Shape[] => {
    const point = points[index]!;
    const [x, y] = pen.at(point.x, point.y);
    const stroke = { stroke: color(point), lineWidth: 1.25, opacity: 0.75 };
    const shapes: Shape[] = [];
    if (finite(point.x_low) && finite(point.x_high)) {
      const [from, to] = [pen.at(point.x_low, point.y)[0], pen.at(point.x_high, point.y)[0]];
      shapes.push(lineShape(from, y, to, y, stroke), lineShape(from, y - 3, from, y + 3, stroke), lineShape(to, y - 3, to, y + 3, stroke));
    }
    if (finite(point.y_low) && finite(point.y_high)) {
      const [from, to] = [pen.at(point.x, point.y_low)[1], pen.at(point.x, point.y_high)[1]];
      shapes.push(lineShape(x, from, x, to, stroke), lineShape(x - 3, from, x + 3, from, stroke), lineShape(x - 3, to, x + 3, to, stroke));
    }
    shapes.push({
      type: 'circle',
      shape: { cx: x, cy: y, r: point.best ? 6 : 4.5 },
      style: point.best
        ? { fill: color(point), stroke: theme.paper, lineWidth: 1.5 }
        : { fill: theme.paper, stroke: color(point), lineWidth: 1.75 },
    });
    return shapes;
  };
  const drawEdge = (pen: Pen): Shape[] => [
    {
      type: 'polyline',
      shape: { points: best.map((point) => pen.at(point.x, point.y)) },
      style: { fill: 'none', stroke: theme.lines.main, lineWidth: 1.5, lineDash: [5, 4] },
    },
  ];
  const room = width < NARROW_BELOW ? 120 : 190;
  const texts = points.map((point) => wrapText(point.label, room, SMALL_SIZE, 2, 600));
  const drawLabels = (pen: Pen): Shape[] => {
    const at = points.map((point) => pen.at(point.x, point.y));
    const sizes = texts.map(
      (lines) => [Math.max(0, ...lines.map((line) => textWidth(line, SMALL_SIZE, 600))), lines.length * LINE] as [number, number],
    );
    const order = points.map((_, index) => index).sort((a, b) => Number(points[b]!.best) - Number(points[a]!.best));
    return placeLabels(at, sizes, order, pen.frame).flatMap((free, index) => {
      if (!free) return [];
      const x = free.align === 'left' ? free.x : free.align === 'right' ? free.x + free.width : free.x + free.width / 2;
      return [
        textShape(texts[index]!.join('\n'), x, free.y, {
          fill: points[index]!.best ? theme.ink : theme.muted,
          size: SMALL_SIZE,
          weight: points[index]!.best ? 600 : 400,
          lineHeight: LINE,
          align: free.align,
          stroke: theme.paper,
          lineWidth: 3,
        }),
      ];
    });
  };
  const format = tickFormatter(chart.y.scale);
  const largest = Math.max(...points.map((point) => Math.abs(point.y)));
  const left = textWidth(format(chart.y.scale === 'percent' ? 1 : largest >= 10 ? Math.ceil(largest) : 0.25), SMALL_SIZE) + 20;
  const widestTick = textWidth(tickFormatter(chart.x.scale)(Math.round(Math.max(...points.map((point) => point.x)))), SMALL_SIZE);
  const right = Math.max(24, widestTick / 2 + 12);
  const xAxis = valueAxis(chart.x, { theme, splitNumber: Math.max(3, Math.round(width / 130)) });
  return {
    option: {
      ...baseOption(theme),
      grid: gridOption(theme, left, right, 14, 26),
      xAxis: { ...xAxis, ...roomAround(chart.x, points.map((point) => point.x), 0.04, 0.12), axisLine: { show: true, onZero: false, lineStyle: { color: theme.muted } } },
      yAxis: { ...valueAxis(chart.y, { theme }), ...roomAround(chart.y, points.map((point) => point.y), 0.08, 0.08) },
      tooltip: {
        ...(baseOption(theme).tooltip as object),
        trigger: 'item',
        formatter: (item: { dataIndex: number }) => {
          const point = points[item.dataIndex];
          if (!point) return '';
          return tooltipText(point.label, [
            `${chart.x.label}: ${pointerText(chart.x, point.x)}`,
            `${chart.y.label}: ${pointerText(chart.y, point.y)}`,
          ]);
        },
      },
      series: [
        ...(best.length > 1 ? [drawOnce(best.map((point) => [point.x, point.y]), drawEdge, { z: 2 })] : []),
        drawEach(data, drawPoint, { z: 3, encode: { x: [0, 2, 3], y: [1, 4, 5] } }),
        drawOnce(points.map((point) => [point.x, point.y]), drawLabels, { z: 4 }),
      ],
    },
    height: PLOT_HEIGHT + 40,
    legend: [
      { shape: 'dot', name: 'not beaten in both', color: theme.lines.main, filled: true },
      { shape: 'dot', name: 'another does better', color: theme.muted, filled: false },
    ],
    margin: right,
    above: direction(axisTitle(chart.y), chart.better?.y ?? 'up'),
    below: direction(axisTitle(chart.x), chart.better?.x ?? 'up'),
  };
}
