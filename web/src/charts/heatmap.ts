import { cellText, tableTexts } from '../document/cells';
import { list } from '../document/read';
import type { HeatmapChart } from '../document/types';
import {
  NARROW_BELOW,
  SMALL_SIZE,
  baseOption,
  drawEach,
  finite,
  gridOption,
  rectShape,
  textShape,
  tooltipText,
  type Drawing,
  type Nothing,
  type Pen,
  type Setting,
  type Shape,
} from './drawing';
import { textWidth, wrapText } from './text';
import { rampColor, readableOn } from './theme';
import { formatNumber, formatPercent } from './ticks';

const ROW = 28;
const TALLEST = 860;
// Cells with room for a number show it, as long as there are not so many that nobody would read them.
const MOST_WRITTEN = 240;

export function scaleOf(chart: HeatmapChart): { min: number; max: number } {
  const values = list(chart.cells)
    .map((cell) => cell[2])
    .filter(finite);
  let min = chart.scale?.min ?? Math.min(...values);
  let max = chart.scale?.max ?? Math.max(...values);
  if (chart.scale?.kind === 'diverging') {
    max = Math.max(Math.abs(min), Math.abs(max));
    min = -max;
  }
  return { min, max };
}

// A text for a cell, from a table with columns for the columns, or with one row a cell.
export function cellTexts(chart: HeatmapChart): (column: number, row: number) => string {
  const byName = tableTexts(chart.table);
  const long = new Map<string, string>();
  for (const row of list(chart.table?.rows))
    if (row.length === 3) long.set(`${cellText(row[0])}\n${cellText(row[1])}`, cellText(row[2]));
  return (column, row) => {
    const [c, r] = [chart.columns[column] ?? '', chart.rows[row] ?? ''];
    return byName(r, c) || long.get(`${r}\n${c}`) || long.get(`${c}\n${r}`) || '';
  };
}

export function drawHeatmap(chart: HeatmapChart, { width, theme, tallest = TALLEST }: Setting): Drawing | Nothing {
  const columns = list(chart.columns);
  const rows = list(chart.rows);
  const cells = list(chart.cells).filter((cell) => finite(cell[2]) && columns[cell[0]] !== undefined && rows[cell[1]] !== undefined);
  if (cells.length === 0) return { nothing: 'No cell has a value.' };
  const { min, max } = scaleOf(chart);
  const ramp = chart.scale?.kind === 'diverging' ? theme.diverging : theme.sequential;
  const shareOf = (value: number) => (max > min ? (value - min) / (max - min) : 0.5);

  const plotHeight = Math.min(rows.length * ROW, tallest);
  const rowHeight = plotHeight / rows.length;
  const narrow = width < NARROW_BELOW;
  const longest = Math.max(...rows.map((row) => textWidth(row, SMALL_SIZE)));
  const left = Math.min(longest + 16, width * (narrow ? 0.3 : 0.28));
  const right = 16;
  const columnWidth = (width - left - right) / columns.length;
  const rowLines = Math.min(2, Math.max(1, Math.floor(rowHeight / 14)));
  const rowLabel = (text: string) => wrapText(text, left - 12, SMALL_SIZE, rowLines).join('\n');
  const widest = Math.max(...columns.map((text) => textWidth(text, SMALL_SIZE)));
  const columnRoom = Math.max(columnWidth - 4, Math.min(widest + 1, 110));
  const columnLines = columns.map((text) => wrapText(text, columnRoom, SMALL_SIZE, 2));
  const bottom = 12 + Math.max(...columnLines.map((lines) => lines.length)) * 15;
  const textOf = cellTexts(chart);
  const gap = rowHeight >= 10 && columnWidth >= 8 ? 1 : 0;
  const written = cells.length <= MOST_WRITTEN && rowHeight >= 18;

  const drawCell = (pen: Pen, index: number): Shape[] => {
    const [column, row, value] = cells[index] as [number, number, number];
    const { x, y, width: plot, height } = pen.frame;
    const [w, h] = [plot / columns.length, height / rows.length];
    const fill = rampColor(ramp, shareOf(value));
    // Without gaps, cells reach a little under their neighbors, so that no seams shine through.
    const frame = { x: x + column * w, y: y + row * h, width: w - gap + (gap ? 0 : 0.5), height: h - gap + (gap ? 0 : 0.5) };
    const shapes = [rectShape(frame, { fill })];
    const text = written ? textOf(column, row) : '';
    if (text && textWidth(text, SMALL_SIZE) + 4 <= w)
      shapes.push(
        textShape(text, frame.x + w / 2, frame.y + h / 2, {
          fill: readableOn(fill),
          size: SMALL_SIZE,
          align: 'center',
          verticalAlign: 'middle',
        }),
      );
    return shapes;
  };
  const format = chart.scale?.unit === '%' && Math.abs(max) <= 1 ? formatPercent : formatNumber;
  const unit = chart.scale?.unit && format !== formatPercent ? chart.scale.unit : '';
  const ends = chart.scale?.kind === 'diverging' ? [min, 0, max] : [min, max];
  const label = { color: theme.muted, fontSize: SMALL_SIZE, interval: 'auto' as const };
  const bare = { axisLine: { show: false }, axisTick: { show: false }, splitLine: { show: false }, splitArea: { show: false } };
  return {
    option: {
      ...baseOption(theme),
      grid: { ...gridOption(theme, left, right, 6, bottom), show: true, backgroundColor: theme.empty, borderWidth: 1, borderColor: theme.rule },
      xAxis: {
        type: 'category',
        data: columns,
        ...bare,
        axisLabel: { ...label, formatter: (_: string, index: number) => (columnLines[index] ?? []).join('\n'), hideOverlap: true },
      },
      yAxis: {
        type: 'category',
        data: rows,
        inverse: true,
        ...bare,
        axisLabel: { ...label, formatter: rowLabel, lineHeight: 14 },
      },
      tooltip: {
        ...(baseOption(theme).tooltip as object),
        trigger: 'item',
        formatter: (item: { dataIndex: number }) => {
          const cell = cells[item.dataIndex];
          if (!cell) return '';
          const shown = textOf(cell[0], cell[1]) || `${format(Number((cell[2] as number).toPrecision(3)))} ${unit}`.trim();
          return tooltipText(`${rows[cell[1]]}, ${columns[cell[0]]}`, [`${chart.scale?.label ?? ''}: ${shown}`]);
        },
      },
      series: [drawEach(cells, drawCell, { z: 3, encode: { x: 0, y: 1 } })],
    },
    height: 6 + plotHeight + bottom,
    legend: [],
    ramp: {
      label: unit ? `${chart.scale?.label ?? ''} (${unit})` : (chart.scale?.label ?? ''),
      colors: ramp,
      ticks: ends.map((value) => format(value)),
    },
    above: chart.y,
    below: chart.x,
  };
}
