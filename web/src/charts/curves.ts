import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import { list } from '../document/read';
import type { Axis, CurvesChart, Line } from '../document/types';
import {
  LABEL_SIZE,
  NARROW_BELOW,
  SMALL_SIZE,
  baseOption,
  drawOnce,
  finite,
  gridOption,
  lineShape,
  place,
  rectShape,
  textShape,
  tooltipText,
  valueAxis,
  type Drawing,
  type LegendItem,
  type Nothing,
  type Pen,
  type Setting,
  type Shape,
} from './drawing';
import { textWidth, wrapText } from './text';
import { DASHES, SYMBOLS, rampColor, type Theme } from './theme';
import { axisTitle, pointerText, tickFormatter, yearsOf } from './ticks';

const MOST_DIRECT_LABELS = 6;
const MOST_SYMBOLS = 16;
const PLOT_HEIGHT = 300;
const MARKER_LINE = 17;

interface Look {
  color: string;
  dash: number[] | 'solid';
  symbol: string;
  width: number;
}

type Point = [number, number];

// Tones give the color; lines of one tone differ by their dash, and tones too.
export function lookOfLines(lines: Line[], theme: Theme): Look[] {
  const order = ['main', 'second', 'third', 'unmet'];
  const used = new Map<string, number>();
  return lines.map((line) => {
    const tone = line.tone in theme.lines ? line.tone : 'other';
    const earlier = used.get(tone) ?? 0;
    used.set(tone, earlier + 1);
    const index = tone === 'other' ? earlier : order.indexOf(tone) + earlier * order.length;
    return {
      color: theme.lines[tone],
      dash: DASHES[index % DASHES.length]!,
      symbol: SYMBOLS[index % SYMBOLS.length]!,
      width: tone === 'main' ? 2.5 : tone === 'other' ? 1.25 : 2,
    };
  });
}

function pointsOf(chart: CurvesChart, line: Line): Point[] {
  return list(line.points).map(([x, y]) => [place(chart.x, x), place(chart.y, y)] as Point);
}

// Pieces of a band between gaps, as the corners of polygons; a step holds its value to the next point.
export function bandPieces(points: [number, number, number][], step: boolean): Point[][] {
  const pieces: [number, number, number][][] = [];
  let open = false;
  for (const point of points) {
    if (!point.every(finite)) open = false;
    else if (open) pieces[pieces.length - 1]!.push(point);
    else {
      pieces.push([point]);
      open = true;
    }
  }
  return pieces.map((piece) => {
    const upper: Point[] = [];
    const lower: Point[] = [];
    piece.forEach(([x, low, high], index) => {
      const before = piece[index - 1];
      if (step && before) {
        upper.push([x, before[2]]);
        lower.push([x, before[1]]);
      }
      upper.push([x, high]);
      lower.push([x, low]);
    });
    return [...upper, ...lower.reverse()];
  });
}

function bandSeries(chart: CurvesChart, lines: Line[], looks: Look[]): CustomSeriesOption[] {
  return lines.flatMap((line, index) =>
    list(line.bands).map((band, depth) => {
      const points = list(band.points).map(
        ([x, low, high]) => [place(chart.x, x), place(chart.y, low), place(chart.y, high)] as [number, number, number],
      );
      const pieces = bandPieces(points, line.step);
      const draw = (pen: Pen): Shape[] =>
        pieces.map((piece) => ({
          type: 'polygon',
          shape: { points: piece.map(([x, y]) => pen.at(x, y)) },
          style: { fill: looks[index]!.color, opacity: 0.14 + 0.1 * depth },
        }));
      return drawOnce(points, draw, { clip: true, z: 2, encode: { x: 0, y: [1, 2] } });
    }),
  );
}

function lineSeries(line: Line, points: Point[], look: Look): LineSeriesOption {
  const few = points.length <= MOST_SYMBOLS && !line.step;
  return {
    type: 'line',
    name: line.name,
    data: points,
    step: line.step ? 'end' : false,
    symbol: look.symbol,
    symbolSize: 7,
    showSymbol: few || points.length === 1,
    connectNulls: false,
    clip: true,
    z: look.width > 2 ? 5 : 4,
    lineStyle: { color: look.color, width: look.width, type: look.dash },
    itemStyle: { color: look.color },
    emphasis: { disabled: true },
  };
}

// Names at the ends of lines, moved apart where they would lie on each other.
export function spreadLabels(wanted: number[], heights: number[], top: number, bottom: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  const centers = [...wanted];
  let edge = top;
  for (const index of order) {
    centers[index] = Math.max(centers[index]!, edge + heights[index]! / 2);
    edge = centers[index]! + heights[index]! / 2;
  }
  edge = bottom;
  for (const index of [...order].reverse()) {
    centers[index] = Math.min(centers[index]!, edge - heights[index]! / 2);
    edge = centers[index]! - heights[index]! / 2;
  }
  return centers;
}

function endLabels(lines: Line[], points: Point[][], looks: Look[], width: number, edges: Point): CustomSeriesOption {
  const texts = lines.map((line) => wrapText(line.name, width, LABEL_SIZE, 3, 600));
  const ends = points.map((each) => [...each].reverse().find(([x, y]) => finite(x) && finite(y)));
  const draw = (pen: Pen): Shape[] => {
    const shown = lines.map((_, index) => index).filter((index) => ends[index] && texts[index]!.length > 0);
    const places = shown.map((index) => pen.at(Math.min(ends[index]![0], edges[1]), ends[index]![1]));
    const heights = shown.map((index) => texts[index]!.length * 16 + 3);
    const { y, height, x, width: plot } = pen.frame;
    const centers = spreadLabels(
      places.map((at) => at[1]),
      heights,
      y - 8,
      y + height + 8,
    );
    return shown.flatMap((index, order) => {
      const [endX, endY] = places[order]!;
      const center = centers[order]!;
      const leader = lineShape(endX + 3, endY, x + plot + 10, center, { stroke: looks[index]!.color, lineWidth: 1 });
      const label = textShape(texts[index]!.join('\n'), x + plot + 13, center, {
        fill: looks[index]!.color,
        weight: looks[index]!.width > 2 ? 600 : 500,
        lineHeight: 16,
        align: 'left',
        verticalAlign: 'middle',
      });
      return [leader, label];
    });
  };
  return drawOnce(
    ends.map((end) => end ?? [NaN, NaN]),
    draw,
    { z: 7 },
  );
}

interface MarkerPlace {
  x: number;
  label: string;
}

// Labels of upright lines stand above the plot, to the right of their line or, near the edge, to the left, each in the first
// row where it has room.
export function placeMarkers(places: number[], widths: number[], edge: number): { row: number; toLeft: boolean }[] {
  const taken: Point[][] = [];
  return places.map((at, index) => {
    const width = widths[index]! + 12;
    const toLeft = at + width > edge;
    const [from, to] = toLeft ? [at - width, at] : [at, at + width];
    let row = taken.findIndex((spans) => spans.every(([start, end]) => to <= start || from >= end));
    if (row < 0) row = taken.push([]) - 1;
    taken[row]!.push([from, to]);
    return { row, toLeft };
  });
}

// The label of a level stands at the end where the lines are farther from it.
export function labelAtLeft(pen: Pen, points: Point[], level: number, width: number): boolean {
  const { x, width: plot } = pen.frame;
  let [left, right] = [Infinity, Infinity];
  for (const point of points) {
    const [atX, atY] = pen.at(point[0], point[1]);
    const away = Math.abs(atY - (level - 12));
    if (atX <= x + width) left = Math.min(left, away);
    if (atX >= x + plot - width) right = Math.min(right, away);
  }
  return right < 16 && left > right;
}

function contextSeries(
  chart: CurvesChart,
  theme: Theme,
  markers: MarkerPlace[],
  points: Point[],
  edges: Point,
): CustomSeriesOption[] {
  const halo = { stroke: theme.paper, lineWidth: 3 };
  const periods = list(chart.periods).map((each) => ({
    from: Math.max(place(chart.x, each.from), edges[0]),
    to: Math.min(place(chart.x, each.to), edges[1]),
    label: each.label,
  }));
  const thresholds = list(chart.thresholds).filter((each) => finite(place(chart.y, each.y)));
  const drawPeriods = (pen: Pen): Shape[] =>
    periods
      .filter((each) => each.from < each.to)
      .flatMap((each) => {
        const left = pen.at(each.from, 0)[0];
        const width = pen.at(each.to, 0)[0] - left;
        const { y, height } = pen.frame;
        const lines = wrapText(each.label, Math.max(width - 8, 60), SMALL_SIZE, 3);
        return [
          rectShape({ x: left, y, width, height }, { fill: theme.shade, stroke: theme.rule, lineDash: [3, 3] }),
          textShape(lines.join('\n'), left + 5, y + 5, { fill: theme.muted, size: SMALL_SIZE, lineHeight: 15, ...halo }),
        ];
      });
  const drawMarks = (pen: Pen): Shape[] => {
    const { x, y, width, height } = pen.frame;
    const spots = placeMarkers(
      markers.map((each) => pen.at(each.x, 0)[0]),
      markers.map((each) => textWidth(each.label, SMALL_SIZE)),
      x + width + 20,
    );
    const topOf = (index: number) => y - 6 - spots[index]!.row * MARKER_LINE;
    const upright = markers.map((each, index) => {
      const at = pen.at(each.x, 0)[0];
      return lineShape(at, topOf(index) - 10, at, y + height, { stroke: theme.muted, lineWidth: 1, lineDash: [2, 3] });
    });
    const names = markers.map((each, index) => {
      const at = pen.at(each.x, 0)[0];
      const { toLeft } = spots[index]!;
      return textShape(each.label, at + (toLeft ? -4 : 4), topOf(index) - 4, {
        fill: theme.ink,
        size: SMALL_SIZE,
        verticalAlign: 'middle',
        align: toLeft ? 'right' : 'left',
        ...halo,
      });
    });
    const level = thresholds.flatMap((each) => {
      const at = pen.at(edges[0], place(chart.y, each.y))[1];
      const label = wrapText(each.label, width - 12, SMALL_SIZE, 1, 600)[0] ?? '';
      const left = labelAtLeft(pen, points, at, textWidth(label, SMALL_SIZE, 600) + 10);
      return [
        lineShape(x, at, x + width, at, { stroke: theme.ink, lineWidth: 1.25, lineDash: [6, 4] }),
        textShape(label, left ? x + 5 : x + width - 4, at - 5, {
          fill: theme.ink,
          size: SMALL_SIZE,
          weight: 600,
          align: left ? 'left' : 'right',
          verticalAlign: 'bottom',
          ...halo,
        }),
      ];
    });
    return [...upright, ...names, ...level];
  };
  return [
    drawOnce([[edges[0], NaN]], drawPeriods, { z: 1 }),
    drawOnce([[edges[0], NaN], ...thresholds.map((each) => [edges[0], place(chart.y, each.y)])], drawMarks, { z: 6 }),
  ];
}

function tickWidth(axis: Axis, values: number[]): number {
  const largest = Math.max(...values.map(Math.abs), finite(axis.max) ? Math.abs(axis.max) : 0);
  const format = tickFormatter(axis.scale);
  const rough = axis.scale === 'percent' ? Math.ceil(largest * 10) / 10 : largest >= 10 ? Math.ceil(largest) : 0.25;
  const sign = values.some((value) => value < 0) ? 9 : 0;
  return textWidth(format(rough), SMALL_SIZE) + sign + 14;
}

export function legendOfLines(lines: Line[], looks: Look[]): LegendItem[] {
  const named = lines.map((line, index) => ({ line, look: looks[index]! }));
  const others = named.filter(({ line }) => line.tone === 'other');
  const listed = others.length > MOST_DIRECT_LABELS ? named.filter(({ line }) => line.tone !== 'other') : named;
  const items: LegendItem[] = listed.map(({ line, look }) => ({
    shape: 'line',
    name: line.name,
    color: look.color,
    dash: look.dash === 'solid' ? [] : look.dash,
  }));
  if (listed.length < named.length)
    items.push({ shape: 'line', name: 'others, named in the table', color: others[0]!.look.color, dash: [] });
  return items;
}

export function drawCurves(chart: CurvesChart, { width, theme }: Setting): Drawing | Nothing {
  const lines = list(chart.lines);
  const looks = lookOfLines(lines, theme);
  const points = lines.map((line) => pointsOf(chart, line));
  const all = points.flat().filter((point) => point.every(finite));
  if (all.length === 0) return { nothing: 'There is no point to draw.' };
  const xs = all.map(([x]) => x);
  const limit = (value: Axis['min'], other: number) => (value === null || value === undefined ? other : place(chart.x, value));
  const edges: Point = [limit(chart.x.min, Math.min(...xs)), limit(chart.x.max, Math.max(...xs))];
  const markers = list(chart.markers)
    .map((each) => ({ x: place(chart.x, each.x), label: each.label }))
    .filter((each) => each.x >= edges[0] && each.x <= edges[1])
    .sort((a, b) => a.x - b.x);

  const direct = lines.length > 1 && lines.length <= MOST_DIRECT_LABELS && width >= NARROW_BELOW;
  const longest = Math.max(...lines.map((line) => textWidth(line.name, LABEL_SIZE, 600)));
  const labelWidth = Math.min(Math.max(longest, 40) + 4, width * 0.24);
  const left = tickWidth(chart.y, all.map(([, y]) => y));
  const lastTick = textWidth(tickFormatter(chart.x.scale)(edges[1]), SMALL_SIZE) / 2 + 4;
  const right = Math.max(20, direct ? labelWidth + 18 : lastTick);
  const span = edges[1] - edges[0] || 1;
  const spots = placeMarkers(
    markers.map((each) => left + ((each.x - edges[0]) / span) * (width - left - right)),
    markers.map((each) => textWidth(each.label, SMALL_SIZE)),
    width - right + 20,
  );
  const top = 14 + (spots.length ? (Math.max(...spots.map((spot) => spot.row)) + 1) * MARKER_LINE + 4 : 0);
  const bottom = 26;
  const same = edges[0] === edges[1];
  const ticks = Math.max(3, Math.round((width - left - right) / 110));
  const xAxis = valueAxis(chart.x, { theme, splitLine: false, splitNumber: ticks });
  const bands = lines.flatMap((line) => list(line.bands).map((band) => band.name));
  return {
    option: {
      ...baseOption(theme),
      grid: gridOption(theme, left, right, top, bottom),
      xAxis: {
        ...xAxis,
        ...(same ? {} : { min: edges[0], max: edges[1] }),
        axisLine: { show: true, onZero: false, lineStyle: { color: theme.muted } },
        axisTick: { show: true, lineStyle: { color: theme.muted } },
      },
      yAxis: valueAxis(chart.y, { theme, fromZero: true }),
      tooltip: {
        ...(baseOption(theme).tooltip as object),
        trigger: 'axis',
        axisPointer: { type: 'line', lineStyle: { color: theme.muted } },
        formatter: (items: unknown) => {
          const shown = (items as { seriesName: string; value: Point; seriesType: string }[]).filter(
            (item) => item.seriesType === 'line' && finite(item.value[1]),
          );
          if (!shown[0]) return '';
          const read = shown.slice(0, 12).map((item) => `${item.seriesName}: ${pointerText(chart.y, item.value[1])}`);
          return tooltipText(pointerText(chart.x, shown[0].value[0]), read);
        },
      },
      series: [
        ...contextSeries(chart, theme, markers, all, edges),
        ...bandSeries(chart, lines, looks),
        ...lines.map((line, index) => lineSeries(line, points[index]!, looks[index]!)),
        ...(direct ? [endLabels(lines, points, looks, labelWidth, edges)] : []),
      ],
    },
    height: top + PLOT_HEIGHT + bottom,
    legend: [...(direct ? [] : legendOfLines(lines, looks)), ...bandLegend(bands, looks[0]!.color, theme)],
    margin: right,
    above: axisTitle(chart.y),
    below: chart.x.scale === 'time' ? `${axisTitle(chart.x)}, ${yearsOf(...edges)}` : axisTitle(chart.x),
  };
}

// Bands of several lines have the same names, which are said once.
function bandLegend(names: string[], color: string, theme: Theme): LegendItem[] {
  return [...new Set(names.filter(Boolean))].map((name, index) => ({
    shape: 'box',
    name,
    color: rampColor([theme.paper, color], 0.16 + 0.16 * index),
    edge: color,
    hatched: false,
  }));
}
