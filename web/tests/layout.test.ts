import { describe, expect, it } from 'vitest';
import { bandPieces, lookOfLines, placeMarkers, spreadLabels } from '../src/charts/curves';
import { depthsOf, nodeTexts } from '../src/charts/flow';
import { placeLabels } from '../src/charts/frontier';
import { hatch } from '../src/charts/stack';
import { escapeHtml, textWidth, wrapText } from '../src/charts/text';
import { contrast, rampColor, readableOn, themeOf } from '../src/charts/theme';
import { tooltipText } from '../src/charts/drawing';
import type { FlowChart, Line } from '../src/document/types';

describe('words', () => {
  it('are wrapped, and cut where they do not fit', () => {
    expect(wrapText('share named by managers', 90, 13, 3).length).toBeGreaterThan(1);
    expect(wrapText('', 90, 13, 3)).toEqual([]);
    const cut = wrapText('one two three four five six seven eight nine ten', 60, 13, 2);
    expect(cut).toHaveLength(2);
    expect(cut[1]!.endsWith('…')).toBe(true);
    expect(Math.max(...cut.map((line) => textWidth(line, 13)))).toBeLessThanOrEqual(60);
  });
  it('of a document are no markup', () => {
    expect(escapeHtml('<b>&"')).toBe('&lt;b&gt;&amp;&quot;');
    expect(tooltipText('<i>', ['a', '', '<script>'])).toBe('<b>&lt;i&gt;</b><br>a<br>&lt;script&gt;');
  });
});

describe('places', () => {
  it('of bands break at gaps and keep steps', () => {
    const pieces = bandPieces([[0, 1, 2], [1, 1, 3], [2, NaN, NaN], [3, 0, 1]], true);
    expect(pieces).toHaveLength(2);
    expect(pieces[0]).toEqual([[0, 2], [1, 2], [1, 3], [1, 1], [1, 1], [0, 1]]);
  });
  it('of names at the ends of lines do not overlap', () => {
    const centers = spreadLabels([100, 101, 102], [16, 16, 16], 0, 300);
    expect(centers[1]! - centers[0]!).toBeGreaterThanOrEqual(16);
    expect(centers[2]! - centers[1]!).toBeGreaterThanOrEqual(16);
    expect(Math.max(...spreadLabels([299, 299], [16, 16], 0, 300))).toBeLessThanOrEqual(292);
  });
  it('of markers move up where there is no room', () => {
    const places = placeMarkers([0, 10, 200, 230], [50, 50, 50, 50], 260);
    expect(places.map((each) => each.row)).toEqual([0, 1, 0, 1]);
    expect(places.map((each) => each.toLeft)).toEqual([false, false, true, true]);
  });
  it('of labels of points are free, or none', () => {
    const places = placeLabels([[50, 50], [52, 51]], [[40, 15], [400, 15]], [0, 1], { x: 0, y: 0, width: 200, height: 100 });
    expect(places[0]).not.toBeNull();
    expect(places[1]).toBeNull();
  });
  it('of hatches stay within their frame', () => {
    const shapes = hatch({ x: 10, y: 20, width: 30, height: 12 }, '#000000').map((each) => each.shape as Record<string, number>);
    expect(shapes.length).toBeGreaterThan(3);
    for (const { x1, x2, y1, y2 } of shapes) {
      expect(Math.min(x1!, x2!)).toBeGreaterThanOrEqual(10);
      expect(Math.max(x1!, x2!)).toBeLessThanOrEqual(40);
      expect(Math.min(y1!, y2!)).toBeGreaterThanOrEqual(20);
      expect(Math.max(y1!, y2!)).toBeLessThanOrEqual(32);
    }
  });
});

describe('flows', () => {
  it('have depths by the longest way', () => {
    const links = [['a', 'b'], ['b', 'c'], ['a', 'c']].map(([source, target]) => ({ source: source!, target: target! }));
    expect([...depthsOf(['a', 'b', 'c'], links).values()]).toEqual([0, 1, 2]);
  });
  it('write the text of a link at its end, where it is the only one', () => {
    const nodes = ['a', 'b', 'c'].map((name) => ({ name, label: name.toUpperCase(), tone: 'main' as const }));
    const links = [['a', 'b', '5 people'], ['a', 'c', '1'], ['b', 'c', '2']].map(([source, target, text]) => ({ source: source!, target: target!, value: 1, text: text! }));
    const texts = nodeTexts({ nodes, links } as unknown as FlowChart);
    expect(texts.get('b')).toEqual({ label: 'B', value: '5 people' });
    expect(texts.get('c')!.value).toBe('');
  });
});

describe.each([['light', false], ['dark', true]] as const)('colors, %s', (_, dark) => {
  const theme = themeOf(dark);
  it('of lines, dots and edges have a contrast of 3:1, and words 4.5:1', () => {
    const shapes = [...Object.values(theme.lines), ...Object.values(theme.flows), theme.good, theme.bad, theme.neutral, theme.low, theme.high];
    for (const color of [...shapes, ...Object.values(theme.parts).map((part) => part.edge)]) expect(contrast(color, theme.paper)).toBeGreaterThanOrEqual(3);
    for (const color of [theme.ink, theme.muted]) expect(contrast(color, theme.paper)).toBeGreaterThanOrEqual(4.5);
    for (const part of Object.values(theme.parts)) expect(contrast(part.fill, part.ink)).toBeGreaterThanOrEqual(4.5);
  });
  it('of names at lines can be read', () => {
    for (const tone of ['main', 'second', 'third', 'unmet'] as const) expect(contrast(theme.lines[tone], theme.paper)).toBeGreaterThanOrEqual(4.5);
  });
  it('of maps can be written on', () => {
    for (const ramp of [theme.sequential, theme.diverging])
      for (let share = 0; share <= 1; share += 0.05) {
        const fill = rampColor(ramp, share);
        expect(contrast(fill, readableOn(fill))).toBeGreaterThanOrEqual(4.5);
      }
  });
  it('of lines of one tone come with other dashes', () => {
    const line = (tone: string) => ({ name: '', tone, step: false, points: [], bands: [] }) as unknown as Line;
    const looks = lookOfLines([line('main'), line('main'), line('second')], theme);
    expect(new Set(looks.map((look) => String(look.dash))).size).toBe(3);
  });
});
