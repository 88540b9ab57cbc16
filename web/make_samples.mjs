// Fills the page with the sample documents: node make_samples.mjs FOLDER [DOCUMENT.json...]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { edgeCases } from './samples/edge_cases.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [folder, ...files] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node make_samples.mjs FOLDER [DOCUMENT.json...]');
  process.exit(2);
}

const page = readFileSync(join(here, 'dist', 'report.html'), 'utf8');

function fill(text, title) {
  const escape = (words) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return page
    .replace('id="peercap-document">null<', () => `id="peercap-document">${text.replaceAll('<', '\\u003c')}<`)
    .replace('<title>peercap report</title>', () => `<title>${escape(title)}</title>`);
}

const samples = join(here, 'samples');
const chosen = files.length
  ? files
  : readdirSync(samples).filter((name) => name.endsWith('.json')).sort().map((name) => join(samples, name));
mkdirSync(folder, { recursive: true });
const write = (name, html) => {
  const path = join(folder, name);
  writeFileSync(path, html);
  console.log(path);
};
for (const file of chosen) {
  const text = readFileSync(file, 'utf8');
  write(`${basename(file, '.json')}.html`, fill(text, JSON.parse(text).title));
}
if (files.length === 0) write('edge_cases.html', fill(JSON.stringify(edgeCases()), 'Sample: edge cases'));
