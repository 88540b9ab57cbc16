// Colors of charts. Hues follow Okabe and Ito (told apart with the common kinds of color blindness), darker on white and
// lighter on black, so that each has a contrast of at least 3:1 with its paper. No chart relies on color alone.
import type { FlowTone, LineTone, PartTone } from '../document/types';

export interface Theme {
  paper: string;
  ink: string;
  muted: string;
  rule: string;
  shade: string;
  lines: Record<LineTone, string>;
  flows: Record<FlowTone, string>;
  parts: Record<PartTone, { fill: string; ink: string; edge: string }>;
  good: string;
  bad: string;
  neutral: string;
  low: string;
  high: string;
  sequential: string[];
  diverging: string[];
  empty: string;
}

const LIGHT: Theme = {
  paper: '#ffffff',
  ink: '#1c2733',
  muted: '#52606d',
  rule: '#dfe5ea',
  shade: '#eef2f5',
  lines: { main: '#0b5f9e', second: '#b8510d', third: '#00775a', unmet: '#9c3a74', other: '#7b8794' },
  flows: { main: '#0b5f9e', lost: '#b8510d', other: '#7b8794' },
  parts: {
    good: { fill: '#3b86bb', ink: '#06111b', edge: '#3b86bb' },
    middle: { fill: '#edd08a', ink: '#1c2733', edge: '#8c6d1f' },
    bad: { fill: '#a2430b', ink: '#ffffff', edge: '#a2430b' },
    other: { fill: '#c3cbd3', ink: '#1c2733', edge: '#7b8794' },
  },
  good: '#00775a',
  bad: '#b8510d',
  neutral: '#0b5f9e',
  low: '#3b86bb',
  high: '#b8510d',
  sequential: ['#e2edf5', '#bfd8ea', '#86b6d8', '#3f86b7', '#145a8d', '#06305a'],
  diverging: ['#8a3705', '#cc7a3d', '#f0c9a8', '#f5f5f3', '#b3d2e6', '#4b8fbf', '#0a4f86'],
  empty: '#ffffff',
};

const DARK: Theme = {
  paper: '#161d24',
  ink: '#e8edf2',
  muted: '#a9b6c2',
  rule: '#33404c',
  shade: '#202a33',
  lines: { main: '#63b3ec', second: '#f09a5b', third: '#4cc9a0', unmet: '#e59ac6', other: '#8794a1' },
  flows: { main: '#63b3ec', lost: '#f09a5b', other: '#8794a1' },
  parts: {
    good: { fill: '#63b3ec', ink: '#0b1117', edge: '#63b3ec' },
    middle: { fill: '#ead9a6', ink: '#0b1117', edge: '#ead9a6' },
    bad: { fill: '#d9772f', ink: '#0b1117', edge: '#d9772f' },
    other: { fill: '#8794a1', ink: '#0b1117', edge: '#8794a1' },
  },
  good: '#4cc9a0',
  bad: '#f09a5b',
  neutral: '#63b3ec',
  low: '#63b3ec',
  high: '#f09a5b',
  sequential: ['#24384a', '#1f4c72', '#226a9e', '#4495cc', '#8cc3ea', '#e3f2fd'],
  diverging: ['#ffb980', '#d08045', '#74492b', '#2a333b', '#28506d', '#4391c4', '#a5d5f7'],
  empty: '#161d24',
};

export function themeOf(dark: boolean): Theme {
  return dark ? DARK : LIGHT;
}

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif';

export const DASHES: (number[] | 'solid')[] = ['solid', [9, 4], [2, 3], [10, 3, 2, 3], [5, 2], [14, 4]];
export const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect'];

function channels(color: string): [number, number, number] {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16)) as [number, number, number];
}

// A color on a ramp, by its share of the way from 0 to 1.
export function rampColor(ramp: string[], share: number): string {
  const place = Math.min(1, Math.max(0, share)) * (ramp.length - 1);
  const index = Math.min(ramp.length - 2, Math.floor(place));
  const from = channels(ramp[index]!);
  const to = channels(ramp[index + 1]!);
  const mixed = from.map((value, i) => Math.round(value + (to[i]! - value) * (place - index)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

// Relative luminance and contrast of WCAG 2.2.
export function luminance(color: string): number {
  const [r, g, b] = channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

export function readableOn(fill: string): string {
  // Between black and white one always has 4.5:1; a softer black would not.
  const dark = '#000000';
  return contrast(fill, dark) >= contrast(fill, '#ffffff') ? dark : '#ffffff';
}
