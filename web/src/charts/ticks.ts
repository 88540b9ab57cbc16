// The page formats ticks of axes and nothing else; labels are texts of the document.
import type { Axis, AxisScale, Coordinate } from '../document/types';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MINUS = '\u2212';

// Floating-point dust of tick arithmetic (0.30000000000000004) is beyond the twelfth digit.
function withoutDust(value: number): number {
  return Number(value.toPrecision(12));
}

export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '';
  const exact = withoutDust(value);
  const size = Math.abs(exact);
  if (size === 0) return '0';
  const sign = exact < 0 ? MINUS : '';
  if (size >= 1e9 || size < 1e-4) {
    const [digits, power] = size.toExponential().split('e');
    return `${sign}${digits} × 10^${Number(power)}`;
  }
  const [whole = '0', fraction] = size.toFixed(8).replace(/\.?0+$/, '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return sign + grouped + (fraction ? `.${fraction}` : '');
}

export function formatPercent(value: number): string {
  const text = formatNumber(value * 100);
  return text && `${text} %`;
}

// Days are counted in UTC, so that a report shows the same dates in every time zone.
export function timeOf(date: Coordinate): number {
  return typeof date === 'number' ? date : Date.parse(date.length === 10 ? `${date}T00:00:00Z` : date);
}

// Ticks fall on years, months or days; the year is said where it begins, and in the title of the axis.
export function formatDate(time: number): string {
  const date = new Date(time);
  const month = MONTHS[date.getUTCMonth()] ?? '';
  const day = date.getUTCDate() === 1 ? month : `${date.getUTCDate()} ${month}`;
  const begins = date.getUTCMonth() === 0 && date.getUTCDate() === 1;
  return begins ? `${day} ${date.getUTCFullYear()}` : day;
}

export function formatFullDate(time: number): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

export function tickFormatter(scale: AxisScale): (value: number) => string {
  if (scale === 'percent') return formatPercent;
  if (scale === 'time') return formatDate;
  return formatNumber;
}

// What a pointer reads off an axis, with no more digits than a picture can show.
export function pointerText(axis: Axis, value: number): string {
  if (axis.scale === 'time') return formatFullDate(value);
  const rounded = Number((axis.scale === 'percent' ? value * 100 : value).toPrecision(3));
  if (axis.scale === 'percent') return `${formatNumber(rounded)} %`;
  return axis.unit ? `${formatNumber(rounded)} ${axis.unit}` : formatNumber(rounded);
}

export function yearsOf(from: number, to: number): string {
  const [first, last] = [new Date(from).getUTCFullYear(), new Date(to).getUTCFullYear()];
  return first === last ? `${first}` : `${first} to ${last}`;
}

export function axisTitle(axis: Axis): string {
  const label = axis.label ?? '';
  const says = axis.scale === 'percent' || axis.scale === 'time' || !axis.unit || label.includes(axis.unit);
  return says ? label : `${label} (${axis.unit})`;
}
