import type { SankeySeriesOption } from 'echarts/charts';
import { list } from '../document/read';
import type { FlowChart } from '../document/types';
import { LABEL_SIZE, baseOption, finite, tooltipText, type Drawing, type Nothing, type Setting } from './drawing';
import { textWidth, wrapText } from './text';

const NODE_WIDTH = 14;
const LINE = 16;
const TONES = ['main', 'lost', 'other'];

type Link = FlowChart['links'][number] & { value: number };

// How many links lie between a node and where the flow begins, by the longest way.
export function depthsOf(names: string[], links: { source: string; target: string }[]): Map<string, number> {
  const depths = new Map(names.map((name) => [name, 0]));
  // As many rounds as nodes are enough without a circle, and an end with one.
  for (let round = 0; round < names.length; ++round) {
    let changed = false;
    for (const { source, target } of links) {
      const depth = (depths.get(source) ?? 0) + 1;
      if (depth > (depths.get(target) ?? 0) && depth < names.length) {
        depths.set(target, depth);
        changed = true;
      }
    }
    if (!changed) break;
  }
  return depths;
}

// The text of a node is its label, and below it the text of what flows in, where that is one link.
export function nodeTexts(chart: FlowChart): Map<string, { label: string; value: string }> {
  return new Map(
    list(chart.nodes).map((node) => {
      const incoming = list(chart.links).filter((link) => link.target === node.name);
      const text = incoming.length === 1 ? (incoming[0]!.text ?? '') : '';
      const label = node.label || node.name;
      return [node.name, { label, value: label.includes(text) ? '' : text }];
    }),
  );
}

export function drawFlow(chart: FlowChart, { width, theme }: Setting): Drawing | Nothing {
  const links = list(chart.links).filter((link): link is Link => finite(link.value) && link.value > 0);
  if (links.length === 0) return { nothing: 'Nothing flows: every value is zero or missing.' };
  const used = new Set(links.flatMap((link) => [link.source, link.target]));
  const nodes = list(chart.nodes).filter((node) => used.has(node.name));
  const depths = depthsOf(nodes.map((node) => node.name), links);
  if (links.some((link) => depths.get(link.source)! >= depths.get(link.target)!)) throw new Error('the flow runs in a circle');
  const levels = Math.max(...depths.values());
  const texts = nodeTexts(chart);
  const colorOf = (tone: string) => theme.flows[tone as keyof typeof theme.flows] ?? theme.flows.other;

  const step = (width - 4) / (levels + 1);
  const labelWidth = Math.max(56, step - NODE_WIDTH - 16);
  const wrapped = new Map(
    nodes.map((node) => {
      const { label, value } = texts.get(node.name)!;
      return [node.name, { label: wrapText(label, labelWidth, LABEL_SIZE, 4), value: wrapText(value, labelWidth, LABEL_SIZE, 3, 600) }];
    }),
  );
  const linesOf = (name: string) => wrapped.get(name)!.label.length + wrapped.get(name)!.value.length;
  const most = Math.max(...nodes.map((node) => linesOf(node.name)));
  const perLevel = new Map<number, number>();
  for (const node of nodes) perLevel.set(depths.get(node.name)!, (perLevel.get(depths.get(node.name)!) ?? 0) + 1);
  const fullest = Math.max(...perLevel.values());
  const gap = most * LINE + 6;
  const height = 150 + fullest * gap;
  const last = nodes.filter((node) => depths.get(node.name) === levels);
  const right = Math.min(
    labelWidth + 8,
    Math.max(...last.flatMap((node) => [...wrapped.get(node.name)!.label, ...wrapped.get(node.name)!.value]).map((text) => textWidth(text, LABEL_SIZE, 600))) + 14,
  );

  const series: SankeySeriesOption = {
    type: 'sankey',
    left: 2,
    right,
    top: gap / 2,
    bottom: gap / 2,
    nodeAlign: 'left',
    nodeWidth: NODE_WIDTH,
    nodeGap: gap,
    layoutIterations: 64,
    draggable: false,
    silent: false,
    emphasis: { disabled: true },
    data: nodes.map((node) => {
      const { label, value } = wrapped.get(node.name)!;
      const tone = TONES.includes(node.tone) ? node.tone : 'other';
      return {
        name: node.name,
        depth: depths.get(node.name)!,
        itemStyle: { color: colorOf(tone), borderWidth: 0, ...(tone === 'lost' ? { borderColor: colorOf(tone), borderWidth: 1 } : {}) },
        label: {
          formatter: [label.map((line) => `{name|${line}}`), value.map((line) => `{value|${line}}`)].flat().join('\n'),
        },
      };
    }),
    links: links.map((link) => {
      const tone = nodes.find((node) => node.name === link.target)?.tone ?? 'other';
      return {
        source: link.source,
        target: link.target,
        value: link.value,
        lineStyle: { color: colorOf(tone), opacity: tone === 'other' ? 0.25 : 0.3, curveness: 0.5 },
      };
    }),
    label: {
      show: true,
      position: 'right',
      distance: 6,
      color: theme.ink,
      fontSize: LABEL_SIZE,
      textBorderColor: theme.paper,
      textBorderWidth: 3,
      rich: {
        name: { color: theme.ink, fontSize: LABEL_SIZE, lineHeight: LINE, textBorderColor: theme.paper, textBorderWidth: 3 },
        value: { color: theme.ink, fontSize: LABEL_SIZE, fontWeight: 600, lineHeight: LINE, textBorderColor: theme.paper, textBorderWidth: 3 },
      },
    },
  };
  return {
    option: {
      ...baseOption(theme),
      tooltip: {
        ...(baseOption(theme).tooltip as object),
        trigger: 'item',
        formatter: (item: { dataType: string; dataIndex: number }) => {
          if (item.dataType === 'edge') {
            const link = links[item.dataIndex]!;
            const from = texts.get(link.source)?.label ?? link.source;
            return tooltipText(`${from} → ${texts.get(link.target)?.label ?? link.target}`, [link.text]);
          }
          const text = texts.get(nodes[item.dataIndex]?.name ?? '');
          return text ? tooltipText(text.label, [text.value]) : '';
        },
      },
      series: [series],
    },
    height,
    legend: [],
  };
}
