import type { Chart } from '../document/types';
import { drawCurves } from './curves';
import type { Drawing, Nothing, Setting } from './drawing';
import { drawFlow } from './flow';
import { drawFrontier } from './frontier';
import { drawHeatmap } from './heatmap';
import { drawIntervals } from './intervals';
import { drawStack } from './stack';
import { drawTornado } from './tornado';

// One chart of the document as a drawing; `null` for a kind that this page does not know, whose table is shown.
export function drawChart(chart: Chart, setting: Setting): Drawing | Nothing | null {
  switch (chart.kind) {
    case 'flow':
      return drawFlow(chart, setting);
    case 'curves':
      return drawCurves(chart, setting);
    case 'stack':
      return drawStack(chart, setting);
    case 'heatmap':
      return drawHeatmap(chart, setting);
    case 'intervals':
      return drawIntervals(chart, setting);
    case 'tornado':
      return drawTornado(chart, setting);
    case 'frontier':
      return drawFrontier(chart, setting);
    default:
      return null;
  }
}

// A chart that contradicts itself is shown as its table too, instead of taking the page with it.
export function tryToDraw(chart: Chart, setting: Setting): Drawing | Nothing | null {
  try {
    return drawChart(chart, setting);
  } catch (error) {
    console.warn(`The chart ${chart.id} cannot be drawn:`, error);
    return null;
  }
}
