import type { CustomSeriesOption } from 'echarts/charts';
import type { EChartsCoreOption } from 'echarts/core';
import type { Axis, Coordinate } from '../document/types';
import { escapeHtml } from './text';
import { FONT, type Theme } from './theme';
import { tickFormatter, timeOf } from './ticks';

export interface Setting {
  width: number;
  theme: Theme;
  // How high a map of many rows may become: on paper, no higher than a page.
  tallest?: number;
}

export type LegendItem =
  | { shape: 'line'; name: string; color: string; dash: number[] }
  | { shape: 'box'; name: string; color: string; edge: string; hatched: boolean }
  | { shape: 'dot'; name: string; color: string; filled: boolean };

export interface Ramp {
  label: string;
  colors: string[];
  ticks: string[];
}

// What a chart becomes: an option of ECharts of a known height, and what stands around it as text of the page.
export interface Drawing {
  option: EChartsCoreOption;
  height: number;
  legend: LegendItem[];
  ramp?: Ramp;
  above?: string;
  // How far the plot ends from the right edge, where the title below it ends too.
  margin?: number;
  below?: string;
}

// A chart without anything to draw says so.
export interface Nothing {
  nothing: string;
}

export const NARROW_BELOW = 560;
export const LABEL_SIZE = 13;
export const SMALL_SIZE = 12;

export function finite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

export function place(axis: Axis, value: Coordinate | null | undefined): number {
  if (value === null || value === undefined) return NaN;
  if (axis.scale === 'time') return timeOf(value);
  const number = typeof value === 'number' ? value : Number(value);
  return axis.scale === 'log' && number <= 0 ? NaN : number;
}

export function baseOption(theme: Theme): EChartsCoreOption {
  return {
    animation: false,
    useUTC: true,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: FONT, color: theme.ink, fontSize: LABEL_SIZE },
    tooltip: {
      confine: true,
      transitionDuration: 0,
      backgroundColor: theme.paper,
      borderColor: theme.muted,
      borderWidth: 1,
      padding: [8, 10],
      extraCssText: 'box-shadow:none;max-width:320px;white-space:normal;',
      textStyle: { color: theme.ink, fontSize: LABEL_SIZE, fontFamily: FONT },
    },
  };
}

export function tooltipText(title: string, lines: string[]): string {
  return [`<b>${escapeHtml(title)}</b>`, ...lines.filter(Boolean).map(escapeHtml)].join('<br>');
}

export function gridOption(theme: Theme, left: number, right: number, top: number, bottom: number) {
  return { left, right, top, bottom, outerBoundsMode: 'none', borderColor: theme.rule };
}

interface AxisLook {
  theme: Theme;
  splitLine?: boolean;
  fromZero?: boolean;
  splitNumber?: number;
}

// Ticks and grid of one axis; its title is text of the page above or below the picture.
export function valueAxis(axis: Axis, look: AxisLook) {
  const type = axis.scale === 'time' ? 'time' : axis.scale === 'log' ? 'log' : 'value';
  const limit = (value: Coordinate | null) => {
    const number = place(axis, value);
    return Number.isNaN(number) ? undefined : number;
  };
  const format = tickFormatter(axis.scale);
  return {
    type,
    min: limit(axis.min),
    max: limit(axis.max),
    scale: !look.fromZero,
    splitNumber: look.splitNumber ?? 5,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      color: look.theme.muted,
      fontSize: SMALL_SIZE,
      fontFamily: FONT,
      hideOverlap: true,
      formatter: (value: number) => format(value),
    },
    splitLine: { show: look.splitLine ?? true, lineStyle: { color: look.theme.rule, width: 1, type: 'solid' } },
    axisPointer: { label: { show: false } },
  };
}

export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Shape = Record<string, unknown>;

export interface Pen {
  // The pixel of a pair of coordinates.
  at(x: number, y: number): [number, number];
  frame: Frame;
}

interface RenderApi {
  coord(point: [number, number]): number[];
}

// A series that draws shapes of its own for each of its data; `data` also says how far the axes have to reach.
export function drawEach(
  data: unknown[],
  draw: (pen: Pen, index: number) => Shape[],
  more: Partial<CustomSeriesOption> = {},
): CustomSeriesOption {
  return {
    type: 'custom',
    data: data as CustomSeriesOption['data'],
    clip: false,
    renderItem: ((params: { coordSys: unknown; dataIndex: number }, api: RenderApi) => ({
      type: 'group',
      children: draw(
        { at: (x, y) => api.coord([x, y]) as [number, number], frame: params.coordSys as Frame },
        params.dataIndex,
      ),
    })) as unknown as CustomSeriesOption['renderItem'],
    ...more,
  };
}

// The same for shapes that belong to all data together.
export function drawOnce(
  data: unknown[],
  draw: (pen: Pen) => Shape[],
  more: Partial<CustomSeriesOption> = {},
): CustomSeriesOption {
  return drawEach(data, (pen, index) => (index === 0 ? draw(pen) : []), {
    silent: true,
    tooltip: { show: false },
    ...more,
  });
}

export function textShape(text: string, x: number, y: number, style: Record<string, unknown>): Shape {
  return {
    type: 'text',
    silent: true,
    style: { text, x, y, font: `${style.weight ?? 400} ${style.size ?? LABEL_SIZE}px ${FONT}`, ...style },
  };
}

export function lineShape(x1: number, y1: number, x2: number, y2: number, style: Record<string, unknown>): Shape {
  return { type: 'line', shape: { x1, y1, x2, y2 }, style: { fill: 'none', ...style } };
}

export function rectShape(frame: Frame, style: Record<string, unknown>): Shape {
  return { type: 'rect', shape: { ...frame }, style };
}
