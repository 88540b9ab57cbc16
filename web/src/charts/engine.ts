import { CustomChart, LineChart, SankeyChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([CustomChart, LineChart, SankeyChart, GridComponent, TooltipComponent, SVGRenderer]);

export type Engine = EChartsType;

export function startEngine(place: HTMLElement, width: number, height: number): Engine {
  return init(place, null, { renderer: 'svg', width, height });
}
