// A document of what is unusual: nothing at all, missing numbers, very long names, many rows, many lines.

const LONG =
  'A label that goes on for much longer than anybody would like, as names of departments, committees and joint programs of several sites sometimes do';

const table = (caption, columns = ['Name', 'Value'], rows = [['a', '1']]) => ({
  caption,
  columns: columns.map((label, index) => ({ label, unit: '', numeric: index > 0 })),
  rows,
});

const axis = (label, unit = '', scale = 'linear', min = null, max = null) => ({ label, unit, scale, min, max });

const chart = (members) => ({
  kind: 'chart',
  chart: { finding: `Edge case: ${members.id}`, description: `Edge case ${members.id}`, n: '', note: '', source: '', table: table(members.id), ...members },
});

// A sequence without chance, so that a sample is the same every time.
const wave = (i, j = 0) => Math.round(1000 * (0.5 + 0.4 * Math.sin(i * 1.7 + j * 0.9) + 0.1 * Math.cos(i * 0.3 - j))) / 1000;
const count = (n) => Array.from({ length: n }, (_, i) => i);

function flows() {
  const nodes = ['a', 'b', 'c'].map((name) => ({ name, label: `${name}: ${LONG}`, tone: 'main' }));
  const links = (values) => [
    { source: 'a', target: 'b', value: values[0], text: `${values[0]} people` },
    { source: 'b', target: 'c', value: values[1], text: `${values[1]} people` },
  ];
  return [
    chart({ id: 'flow_of_zeros', kind: 'flow', nodes, links: links([0, 0]), unit: 'people' }),
    chart({ id: 'flow_of_nulls', kind: 'flow', nodes, links: links([null, 5]), unit: 'people' }),
    chart({ id: 'flow_in_a_circle', kind: 'flow', nodes, links: [...links([2, 2]), { source: 'c', target: 'a', value: 1, text: '1' }], unit: 'people' }),
    chart({ id: 'flow_of_nothing', kind: 'flow', nodes: [], links: [], unit: 'people' }),
  ];
}

function curves() {
  const line = (i, tone, points) => ({ name: `line ${i}`, tone, step: false, points, bands: [] });
  const base = { kind: 'curves', x: axis('x', 'h'), y: axis('y', 'people'), markers: [], thresholds: [], periods: [] };
  const many = count(40).map((i) => line(i, i === 0 ? 'main' : 'other', count(30).map((x) => [x, wave(x / 5, i / 6) * 20])));
  const several = count(9).map((i) => line(i, ['main', 'second', 'third', 'unmet'][i % 4], count(8).map((x) => [x, x * (i + 1)])));
  const markers = count(7).map((i) => ({ x: 3 + i * 0.7, label: `event number ${i + 1} in a row` }));
  return [
    chart({ ...base, id: 'many_lines', lines: many }),
    chart({ ...base, id: 'several_lines', lines: several, markers, thresholds: [{ y: 30, label: LONG.slice(0, 60) }] }),
    chart({ ...base, id: 'gaps', lines: [{ ...line(0, 'main', [[0, 1], [1, null], [2, 3], [3, 2], [4, null], [5, 1]]), step: true, bands: [{ name: 'band', points: [[0, 0, 2], [1, null, null], [2, 2, 4], [3, 1, 3]] }] }] }),
    chart({ ...base, id: 'one_point', lines: [line(0, 'main', [[3, 4]])] }),
    chart({ ...base, id: 'no_lines', lines: [] }),
    chart({ ...base, id: 'logarithm', x: axis('clinicians', '', 'log'), lines: [line(0, 'main', [[100, 1], [1000, 5], [100000, 40], [1000000, 380]])] }),
    chart({ ...base, id: 'large_numbers', y: axis('cost', 'dollars'), lines: [line(0, 'main', [[0, -1200000], [1, 2500000]])] }),
    chart({ ...base, id: 'many_years', x: axis('date', '', 'time'), lines: [line(0, 'main', [['2019-11-01', 1], ['2022-05-05', 3], ['2027-02-01', 2]])], periods: [{ from: '2020-03-01', to: '2021-12-31', label: 'pandemic' }] }),
  ];
}

function maps() {
  const columns = count(52).map((i) => `week ${i + 1}`);
  const rows = count(200).map((i) => (i === 7 ? LONG : `Supporter ${i + 1}`));
  const cells = rows.flatMap((_, r) => columns.map((_, c) => [c, r, (r + c) % 17 === 0 ? null : wave(r, c)]));
  const scale = { label: 'Hours', unit: 'h/week', min: null, max: null, kind: 'sequential' };
  const base = { kind: 'heatmap', x: 'Week', y: 'Supporters', scale };
  const long = table('large', ['Supporter', ...columns], rows.map((name, r) => [name, ...columns.map((_, c) => String(wave(r, c)))]));
  return [
    chart({ ...base, id: 'large_map', columns, rows, cells, table: long }),
    chart({ ...base, id: 'map_of_one_value', columns: ['a', 'b'], rows: ['x'], cells: [[0, 0, 2], [1, 0, 2]] }),
    chart({ ...base, id: 'map_of_nulls', columns: ['a'], rows: ['x'], cells: [[0, 0, null]] }),
  ];
}

function rows() {
  const row = (label, value, low, high, text = '') => ({ label, group: '', value, low, high, text, tone: 'neutral' });
  const intervals = { kind: 'intervals', x: axis('hours', 'h'), reference: null };
  const bars = { kind: 'tornado', x: axis('supporters'), base: { x: 10, label: LONG.slice(0, 70) } };
  return [
    chart({ ...intervals, id: 'long_rows', reference: { x: 2, label: LONG.slice(0, 50) }, rows: [row(LONG, 1, 0.5, 1.5, '1 h (0.5 to 1.5), and some more words'), row('no interval', 3, null, null, '3 h'), row('no value', null, null, null, 'not computed'), row('', 2, 1, 3, '')] }),
    chart({ ...intervals, id: 'no_rows', rows: [] }),
    chart({ ...intervals, id: 'sixty_rows', rows: count(60).map((i) => ({ ...row(`Unit ${i + 1}`, wave(i), wave(i) - 0.1, wave(i) + 0.1, String(wave(i))), group: `Site ${Math.floor(i / 20) + 1}` })) }),
    chart({ ...bars, id: 'one_sided_bars', rows: [{ label: LONG, low: 12, high: 15, low_label: 'a very long low end of a range', high_label: 'a very long high end of a range', text: '12 to 15' }, { label: 'no effect', low: 10, high: 10, low_label: '1', high_label: '2', text: 'none' }, { label: 'half', low: null, high: 8, low_label: '', high_label: '5', text: '' }] }),
    chart({ kind: 'stack', id: 'stack_of_gaps', x: axis('people', 'people'), categories: [LONG, 'zero', 'null'], parts: [{ name: 'good', tone: 'good', values: [3, 0, null] }, { name: LONG.slice(0, 60), tone: 'other', values: [1200, 0, 2] }] }),
    chart({ kind: 'frontier', id: 'crowd', x: axis('cost', 'dollars'), y: axis('met', '', 'percent'), better: { x: 'down', y: 'up' }, points: count(60).map((i) => ({ label: `Policy ${i + 1} of many`, x: wave(i) * 1e6, y: wave(i, 2), x_low: null, x_high: null, y_low: null, y_high: null, best: i % 12 === 0 })) }),
    chart({ kind: 'frontier', id: 'no_points', x: axis('a'), y: axis('b'), better: { x: 'up', y: 'up' }, points: [] }),
  ];
}

export function edgeCases() {
  const section = (id, title, blocks) => ({ id, title, lead: '', blocks });
  return {
    format: 'peercap-report/1',
    kind: 'run',
    title: `Sample: edge cases & <b>signs</b> </script> ${LONG}`,
    description: '',
    facts: [],
    created: 'no date',
    program: '',
    answer: {
      sentence: 'This sample has what is unusual: nothing at all, missing numbers, very long names, many rows and many lines.',
      sentences: [],
      figures: [{ label: LONG, text: '1,234,567,890 (1,234,567,000 to 1,234,568,000)', n: '', value: null, low: null, high: null, unit: '', tone: 'bad', target: LONG }, { label: 'None', text: 'none', n: '', value: null, low: null, high: null, unit: '', tone: 'neutral', target: '' }],
      warnings: [LONG],
    },
    sections: [
      section('answer', 'A section with the word answer', []),
      section('many_lines', 'Flows', flows()),
      section('curves', 'Curves', curves()),
      section('maps', 'Maps', maps()),
      section('rows', LONG, rows()),
      section('tables', 'Tables', [
        { kind: 'table', table: table('', ['a', 'b'], []) },
        { kind: 'table', table: { caption: LONG, columns: count(16).map((i) => ({ label: `Column ${i}`, unit: 'h/week', numeric: i > 0 })), rows: [count(16).map((i) => (i ? { text: `${i},000.5 (1 to 2)` } : LONG))] } },
        { kind: 'text', paragraphs: [] },
        { kind: 'definitions', items: [] },
        { kind: 'unheard of' },
        { kind: 'code', language: '', text: `${'x'.repeat(300)}\n`, caption: '' },
        { kind: 'details', summary: 'A picture that is shut at first', blocks: rows().slice(2, 3).map((block) => ({ ...block, chart: { ...block.chart, id: 'within_details' } })) },
      ]),
      section('empty', 'A section without blocks', []),
    ],
  };
}
