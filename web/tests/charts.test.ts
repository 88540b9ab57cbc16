import { describe, expect, it, vi } from 'vitest';
import { edgeCases } from '../samples/edge_cases.mjs';
import { drawChart, tryToDraw } from '../src/charts/draw';
import type { Drawing } from '../src/charts/drawing';
import { themeOf } from '../src/charts/theme';
import type { Block, Chart, Coordinate, CurvesChart, HeatmapChart, IntervalsChart, ReportDocument, StackChart, TornadoChart } from '../src/document/types';

const theme = themeOf(false);
const wide = { width: 860, theme };
const narrow = { width: 340, theme };
const table = { caption: '', columns: [], rows: [] };
const base = { id: 'c', finding: 'f', description: 'd', n: '', note: '', source: '', table };
const axis = { label: 'x', unit: '', scale: 'linear' as const, min: null, max: null };

type Series = { type: string; name?: string; data: unknown[]; step?: unknown; lineStyle?: { type: unknown; color: string } };
type Axes = { min?: number; max?: number; type: string; axisLabel: { formatter: (value: number) => string } };

function drawn(chart: Chart, setting = wide): Drawing {
  const drawing = drawChart(chart, setting);
  if (!drawing || !('option' in drawing)) throw new Error(JSON.stringify(drawing));
  return drawing;
}
const seriesOf = (drawing: Drawing) => drawing.option.series as Series[];

function chartsOf(blocks: Block[]): Chart[] {
  return blocks.flatMap((block) =>
    block.kind === 'chart' ? [block.chart] : block.kind === 'details' ? chartsOf(block.blocks) : [],
  );
}
const documents = Object.values(import.meta.glob<ReportDocument>('../samples/*.json', { eager: true, import: 'default' }));
const charts = documents.flatMap((document) => document.sections.flatMap((section) => chartsOf(section.blocks)));

describe('every chart of the samples', () => {
  it('has all kinds of the format among them', () => {
    const kinds = new Set(charts.map((chart) => chart.kind));
    for (const kind of ['flow', 'curves', 'stack', 'heatmap', 'intervals', 'tornado', 'frontier']) expect(kinds).toContain(kind);
    expect(documents.every((document) => document.title.startsWith('Sample'))).toBe(true);
  });
  it.each(charts.filter((chart) => (chart.kind as string) !== 'violin').map((chart) => [chart.id, chart] as const))('%s is drawn wide, narrow and dark', (_, chart) => {
    for (const setting of [wide, narrow, { ...wide, theme: themeOf(true) }]) {
      const drawing = drawn(chart, setting);
      expect(drawing.height).toBeGreaterThan(100);
      expect(drawing.height).toBeLessThan(1400);
      expect(drawing.option.animation).toBe(false);
      expect(seriesOf(drawing).length).toBeGreaterThan(0);
    }
  });
  it('leaves a kind that it does not know to its table', () => {
    expect(drawChart({ ...base, kind: 'violin' } as unknown as Chart, wide)).toBeNull();
  });
});

describe('edge cases', () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const edges = (edgeCases() as ReportDocument).sections.flatMap((section) => chartsOf(section.blocks));
  it.each(edges.map((chart) => [chart.id, chart] as const))('%s does not fail', (_, chart) => {
    const drawing = tryToDraw(chart, narrow);
    if (chart.id === 'flow_in_a_circle') expect(drawing).toBeNull();
    else expect(drawing && ('option' in drawing || drawing.nothing.length > 0)).toBeTruthy();
  });
  it('says that there is nothing', () => {
    const said = edges.map((chart) => tryToDraw(chart, wide)).filter((drawing) => drawing && 'nothing' in drawing);
    expect(said).toHaveLength(6);
  });
});

describe('curves', () => {
  const line = { name: 'a', tone: 'main' as const, step: true, points: [[0, 0], [5, 0.5]] as [Coordinate, number | null][], bands: [] };
  const chart: CurvesChart = { ...base, kind: 'curves', x: axis, y: { ...axis, scale: 'percent' }, lines: [line, { ...line, name: 'b', tone: 'second' }], markers: [], thresholds: [], periods: [] };
  it('hold a step to the next point', () => {
    expect(seriesOf(drawn(chart)).find((series) => series.name === 'a')!.step).toBe('end');
  });
  it('differ by dash and color', () => {
    const lines = seriesOf(drawn(chart)).filter((series) => series.type === 'line');
    expect(lines[0]!.lineStyle).not.toEqual(lines[1]!.lineStyle);
    expect(lines[0]!.lineStyle!.type).not.toEqual(lines[1]!.lineStyle!.type);
  });
  it('are named at their ends where there is room, else in a legend', () => {
    expect(drawn(chart).legend).toHaveLength(0);
    expect(drawn(chart, narrow).legend.map((item) => item.name)).toEqual(['a', 'b']);
  });
  it('have ticks of percent, and axes that end with the data', () => {
    const option = drawn(chart).option as unknown as { xAxis: Axes; yAxis: Axes };
    expect(option.yAxis.axisLabel.formatter(0.2)).toBe('20 %');
    expect([option.xAxis.min, option.xAxis.max]).toEqual([0, 5]);
  });
  it('place dates in UTC', () => {
    const dates = { ...chart, x: { ...axis, scale: 'time' as const }, lines: [{ ...line, points: [['2026-01-05', 1], ['2026-02-02', 2]] as [string, number][] }] };
    const option = drawn(dates).option as unknown as { xAxis: Axes };
    expect(option.xAxis).toMatchObject({ type: 'time', min: Date.UTC(2026, 0, 5), max: Date.UTC(2026, 1, 2) });
    expect(drawn(dates).below).toBe('x, 2026');
  });
});

describe('rows', () => {
  const row = { label: 'ICU', group: '', value: 2, low: 1, high: 3, text: '2 (1 to 3)', tone: 'neutral' };
  const chart: IntervalsChart = { ...base, kind: 'intervals', x: axis, rows: [row, { ...row, label: 'ward', group: 'g', low: null, high: null }], reference: { x: 0, label: 'none' } };
  it('have data that the axis has to reach, and none for what is missing', () => {
    const data = seriesOf(drawn(chart))[1]!.data as number[][];
    expect([data[0]![0], data[0]![2], data[0]![3]]).toEqual([2, 1, 3]);
    expect(data[1]![2]).toBeNaN();
  });
  it('need more height on a narrow screen', () => {
    expect(drawn(chart, narrow).height).toBeGreaterThan(drawn(chart).height);
  });
  it('leave room for the words at the ends of bars', () => {
    const bars: TornadoChart = { ...base, kind: 'tornado', x: axis, base: { x: 10, label: '10' }, rows: [{ label: 'a', low: 5, high: 20, low_label: '30 min', high_label: '75 min', text: '' }] };
    const option = drawn(bars).option as unknown as { xAxis: Axes };
    expect(option.xAxis.min).toBeLessThan(5);
    expect(option.xAxis.max).toBeGreaterThan(20);
  });
  it('end a stack of shares at 100 %', () => {
    const stack: StackChart = { ...base, kind: 'stack', x: { ...axis, scale: 'percent' }, categories: ['a'], parts: [{ name: 'p', tone: 'good', values: [0.6] }, { name: 'q', tone: 'bad', values: [0.4] }] };
    expect((drawn(stack).option as unknown as { xAxis: Axes }).xAxis.max).toBe(1);
    expect(drawn(stack).legend[1]).toMatchObject({ hatched: true });
  });
});

describe('maps', () => {
  const map: HeatmapChart = { ...base, kind: 'heatmap', columns: ['a', 'b'], rows: ['x'], cells: [[0, 0, -1], [1, 0, null]], x: '', y: '', scale: { label: 'Gain', unit: 'h', min: -1, max: 3, kind: 'diverging' } };
  it('leave out cells without a value', () => {
    expect(seriesOf(drawn(map))[0]!.data).toEqual([[0, 0, -1]]);
  });
  it('have zero in the middle of a diverging scale', () => {
    expect(drawn(map).ramp!.ticks).toEqual(['\u22123', '0', '3']);
    expect(drawn(map).ramp!.label).toBe('Gain (h)');
  });
  it('are no higher than a page where that is asked', () => {
    const rows = Array.from({ length: 200 }, (_, i) => `${i}`);
    const high = { ...map, rows, cells: rows.map((_, r) => [0, r, 1] as [number, number, number]) };
    expect(drawn(high, { ...wide, tallest: 640 } as typeof wide).height).toBeLessThan(700);
  });
});
