import { describe, expect, it } from 'vitest';
import { axisTitle, formatDate, formatNumber, formatPercent, pointerText, timeOf, yearsOf } from '../src/charts/ticks';
import type { Axis } from '../src/document/types';

const axis = (more: Partial<Axis>): Axis => ({ label: 'Wait', unit: '', scale: 'linear', min: null, max: null, ...more });

describe('numbers of ticks', () => {
  it('have separators of thousands, and no dust of floating point', () => {
    expect(formatNumber(1234567)).toBe('1,234,567');
    expect(formatNumber(999)).toBe('999');
    expect(formatNumber(0.1 + 0.2)).toBe('0.3');
    expect(formatNumber(1200.5)).toBe('1,200.5');
    expect(formatNumber(100)).toBe('100');
  });
  it('have a minus sign, and zero has none', () => {
    expect(formatNumber(-1500)).toBe('\u22121,500');
    expect(formatNumber(-0)).toBe('0');
    expect(formatNumber(-1e-18)).toBe('\u22121 × 10^-18');
  });
  it('are nothing where there is no number', () => {
    expect(formatNumber(NaN)).toBe('');
    expect(formatPercent(Infinity)).toBe('');
  });
  it('are powers of ten beyond what can be read', () => {
    expect(formatNumber(2.5e9)).toBe('2.5 × 10^9');
    expect(formatNumber(2e-5)).toBe('2 × 10^-5');
  });
  it('are percent where 1 is 100 %', () => {
    expect(formatPercent(0.07)).toBe('7 %');
    expect(formatPercent(0.145)).toBe('14.5 %');
    expect(formatPercent(1)).toBe('100 %');
  });
});

describe('dates of ticks', () => {
  it('are days of UTC whatever the time zone', () => {
    expect(timeOf('2026-01-05')).toBe(Date.UTC(2026, 0, 5));
    expect(timeOf('2026-01-05T12:00:00Z')).toBe(Date.UTC(2026, 0, 5, 12));
  });
  it('name the year where it begins', () => {
    expect(formatDate(Date.UTC(2027, 0, 1))).toBe('Jan 2027');
    expect(formatDate(Date.UTC(2026, 7, 1))).toBe('Aug');
    expect(formatDate(Date.UTC(2026, 7, 17))).toBe('17 Aug');
  });
  it('say the years of an axis once', () => {
    expect(yearsOf(Date.UTC(2026, 0, 5), Date.UTC(2026, 11, 28))).toBe('2026');
    expect(yearsOf(Date.UTC(2026, 0, 5), Date.UTC(2027, 0, 3))).toBe('2026 to 2027');
  });
});

describe('words about an axis', () => {
  it('give the unit once', () => {
    expect(axisTitle(axis({ unit: 'h' }))).toBe('Wait (h)');
    expect(axisTitle(axis({ label: 'Wait in h', unit: 'h' }))).toBe('Wait in h');
    expect(axisTitle(axis({ unit: '%', scale: 'percent' }))).toBe('Wait');
  });
  it('read a pointer with three digits', () => {
    expect(pointerText(axis({ unit: 'h' }), 12.3456)).toBe('12.3 h');
    expect(pointerText(axis({ scale: 'percent' }), 0.69812)).toBe('69.8 %');
    expect(pointerText(axis({ scale: 'time' }), Date.UTC(2026, 2, 9))).toBe('9 Mar 2026');
  });
});
