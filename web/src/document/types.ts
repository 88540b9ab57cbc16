// The document `peercap-report/1`; docs/formats/report_document.md is its description.

export const FORMAT = 'peercap-report/1';

export interface ReportDocument {
  format: string;
  kind: string;
  title: string;
  description: string;
  facts: string[];
  created: string;
  program: string;
  answer: Answer;
  sections: Section[];
}

export interface Answer {
  sentence: string;
  sentences: string[];
  figures: Figure[];
  warnings: string[];
}

export type FigureTone = 'good' | 'bad' | 'neutral';

export interface Figure {
  label: string;
  text: string;
  n: string;
  value: number | null;
  low: number | null;
  high: number | null;
  unit: string;
  tone: FigureTone;
  target: string;
}

export interface Section {
  id: string;
  title: string;
  lead: string;
  blocks: Block[];
}

export interface Definition {
  term: string;
  text: string;
}

export type Block =
  | { kind: 'text'; paragraphs: string[] }
  | { kind: 'definitions'; items: Definition[] }
  | { kind: 'code'; language: string; text: string; caption: string }
  | { kind: 'table'; table: Table }
  | { kind: 'chart'; chart: Chart }
  | { kind: 'details'; summary: string; blocks: Block[] };

export interface Column {
  label: string;
  unit: string;
  numeric: boolean;
}

export interface NumberCell {
  text: string;
  value?: number | null;
  low?: number | null;
  high?: number | null;
  n?: number | null;
}

export type Cell = string | NumberCell;

export interface Table {
  caption: string;
  columns: Column[];
  rows: Cell[][];
}

export type AxisScale = 'linear' | 'log' | 'time' | 'percent';

// A place on an axis: a number, or an ISO date where the axis is of time.
export type Coordinate = number | string;

export interface Axis {
  label: string;
  unit: string;
  scale: AxisScale;
  min: Coordinate | null;
  max: Coordinate | null;
}

interface ChartBase {
  id: string;
  finding: string;
  description: string;
  n: string;
  note: string;
  source: string;
  table: Table;
}

export type FlowTone = 'main' | 'lost' | 'other';

export interface FlowChart extends ChartBase {
  kind: 'flow';
  nodes: { name: string; label: string; tone: FlowTone }[];
  links: { source: string; target: string; value: number | null; text: string }[];
  unit: string;
}

export type LineTone = 'main' | 'second' | 'third' | 'unmet' | 'other';

export interface Band {
  name: string;
  points: [Coordinate, number | null, number | null][];
}

export interface Line {
  name: string;
  tone: LineTone;
  step: boolean;
  points: [Coordinate, number | null][];
  bands: Band[];
}

export interface CurvesChart extends ChartBase {
  kind: 'curves';
  x: Axis;
  y: Axis;
  lines: Line[];
  markers: { x: Coordinate; label: string }[];
  thresholds: { y: number; label: string }[];
  periods: { from: Coordinate; to: Coordinate; label: string }[];
}

export type PartTone = 'good' | 'middle' | 'bad' | 'other';

export interface StackChart extends ChartBase {
  kind: 'stack';
  categories: string[];
  parts: { name: string; values: (number | null)[]; tone: PartTone }[];
  x: Axis;
}

export interface HeatmapChart extends ChartBase {
  kind: 'heatmap';
  columns: string[];
  rows: string[];
  cells: [number, number, number | null][];
  x: string;
  y: string;
  scale: { label: string; unit: string; min: number | null; max: number | null; kind: 'sequential' | 'diverging' };
}

export interface IntervalsChart extends ChartBase {
  kind: 'intervals';
  x: Axis;
  rows: {
    label: string;
    group: string;
    value: number | null;
    low: number | null;
    high: number | null;
    text: string;
    tone: string;
  }[];
  reference: { x: number; label: string } | null;
}

export interface TornadoChart extends ChartBase {
  kind: 'tornado';
  x: Axis;
  base: { x: number; label: string };
  rows: { label: string; low: number | null; high: number | null; low_label: string; high_label: string; text: string }[];
}

export interface FrontierPoint {
  label: string;
  x: number | null;
  y: number | null;
  x_low: number | null;
  x_high: number | null;
  y_low: number | null;
  y_high: number | null;
  best: boolean;
}

export interface FrontierChart extends ChartBase {
  kind: 'frontier';
  x: Axis;
  y: Axis;
  points: FrontierPoint[];
  better: { x: 'up' | 'down'; y: 'up' | 'down' };
}

export type Chart =
  | FlowChart
  | CurvesChart
  | StackChart
  | HeatmapChart
  | IntervalsChart
  | TornadoChart
  | FrontierChart;
