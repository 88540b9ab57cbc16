import type { Cell, Table } from './types';

// A number stays on a line with its percent sign.
export function unbroken(text: string | null | undefined): string {
  return (text ?? '').replace(/(\d) %/g, '$1\u00a0%');
}

export function cellText(cell: Cell | null | undefined): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'string' ? cell : (cell.text ?? '');
}

// The text that a table gives for a row and a column, both by their names; charts label with it, since they format no
// number themselves. A name that stands twice is no address, so it has no text.
export function tableTexts(table: Table | null | undefined): (row: string, column: string) => string {
  const texts = new Map<string, string>();
  const twice = new Set<string>();
  const columns = (table?.columns ?? []).map((column) => column.label);
  for (const row of table?.rows ?? [])
    columns.forEach((column, index) => {
      const key = `${cellText(row[0])}\n${column}`;
      if (texts.has(key)) twice.add(key);
      texts.set(key, cellText(row[index]));
    });
  return (row, column) => {
    const key = `${row}\n${column}`;
    return twice.has(key) ? '' : (texts.get(key) ?? '');
  };
}
