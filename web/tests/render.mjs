// Looks at finished reports in a browser, as people do: wide, on a phone, dark, with forced colors, by keys, on paper.
//   node tests/render.mjs [--screens DIR] [--samples DIR] [--first-chart-limit MS] FILE.html...
// The browser is /usr/bin/chromium, or what PEERCAP_CHROMIUM names. Exit code 1 when something is wrong.
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import * as checks from './render_checks.mjs';

// Times depend on the machine; only what nobody would wait for is a failure, unless a limit is given.
const DEFAULT_FIRST_CHART_LIMIT = 5000;
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

function readArguments(words) {
  const options = { files: [], screens: '', firstChartLimit: DEFAULT_FIRST_CHART_LIMIT };
  const queue = [...words];
  while (queue.length) {
    const word = queue.shift();
    if (word === '--screens') options.screens = queue.shift() ?? '';
    else if (word === '--first-chart-limit') options.firstChartLimit = Number(queue.shift());
    else if (word === '--samples') {
      const folder = queue.shift() ?? '';
      if (!existsSync(folder)) throw new Error(`there is no folder ${folder}: run npm run samples first`);
      options.files.push(...readdirSync(folder).filter((name) => name.endsWith('.html')).sort().map((name) => join(folder, name)));
    } else if (word.startsWith('--')) throw new Error(`unknown option ${word}`);
    else options.files.push(word);
  }
  if (options.files.length === 0) throw new Error('no file is given');
  if (!(options.firstChartLimit > 0)) throw new Error('--first-chart-limit takes milliseconds');
  for (const file of options.files) if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  return options;
}

// One page of its own for every way to look, so that nothing is left over from another.
async function look(browser, file, problems, way, media, size, act) {
  const context = await browser.newContext({ viewport: size, ...media, deviceScaleFactor: 1 });
  const page = await context.newPage();
  const report = (text) => problems.push(`${way}: ${text}`);
  const address = pathToFileURL(resolve(file)).href;
  page.on('console', (message) => message.type() === 'error' && report(`console: ${message.text()}`));
  page.on('pageerror', (error) => report(`error of the page: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) report(`asks for ${request.url()}`);
  });
  try {
    await page.goto(address, { waitUntil: 'load' });
    await act(page, report);
  } catch (error) {
    report(`cannot be checked: ${error.message}`);
  } finally {
    await context.close();
  }
}

async function checkFile(browser, file, options) {
  const problems = [];
  const name = basename(file, '.html');
  const shot = async (page, way, fullPage = false) => {
    if (options.screens) await page.screenshot({ path: join(options.screens, `${name}.${way}.png`), fullPage });
  };
  let firstChart = null;
  let charts = 0;

  await look(browser, file, problems, 'desktop', { colorScheme: 'light' }, DESKTOP, async (page, report) => {
    firstChart = await checks.firstChart(page, options.firstChartLimit, report);
    await checks.answerOnFirstScreen(page, report);
    await shot(page, 'desktop');
    await checks.drawByScrolling(page);
    charts = await checks.charts(page, report);
    await checks.noOverflow(page, report);
    await checks.accessible(page, report);
    await shot(page, 'desktop_full', true);
    await checks.reachableByKeys(page, report);
  });
  await look(browser, file, problems, 'phone', { colorScheme: 'light', hasTouch: true }, PHONE, async (page, report) => {
    await checks.answerOnFirstScreen(page, report);
    await shot(page, 'phone');
    await checks.drawByScrolling(page);
    await checks.charts(page, report);
    await checks.noOverflow(page, report);
    await checks.accessible(page, report);
    await shot(page, 'phone_full', true);
    await checks.menuOpens(page, report);
    await checks.reachableByKeys(page, report);
  });
  await look(browser, file, problems, 'dark', { colorScheme: 'dark' }, DESKTOP, async (page, report) => {
    await checks.drawByScrolling(page);
    await checks.charts(page, report);
    await checks.accessible(page, report);
    await shot(page, 'dark_full', true);
  });
  await look(browser, file, problems, 'forced colors', { forcedColors: 'active' }, DESKTOP, async (page, report) => {
    await checks.drawByScrolling(page);
    await checks.charts(page, report);
    await checks.textStandsOut(page, report);
    await shot(page, 'forced_full', true);
  });
  await look(browser, file, problems, 'print', {}, DESKTOP, async (page, report) => {
    // Nothing was scrolled here: what is drawn was drawn for paper.
    await page.emulateMedia({ media: 'print' });
    await checks.everythingOpen(page, report);
    await checks.charts(page, report);
    await shot(page, 'print_full', true);
  });
  await look(browser, file, problems, 'pdf', {}, DESKTOP, async (page, report) => {
    const path = options.screens ? join(options.screens, `${name}.pdf`) : undefined;
    await checks.pdf(page, path, report);
  });
  return { problems, firstChart, charts };
}

async function main() {
  let options;
  try {
    options = readArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`render: ${error.message}`);
    return 2;
  }
  if (options.screens) mkdirSync(options.screens, { recursive: true });
  const root = typeof process.getuid === 'function' && process.getuid() === 0;
  const browser = await chromium.launch({
    executablePath: process.env.PEERCAP_CHROMIUM || '/usr/bin/chromium',
    args: root ? ['--no-sandbox'] : [],
  });
  let failed = 0;
  for (const file of options.files) {
    const { problems, firstChart, charts } = await checkFile(browser, file, options);
    const time = firstChart === null ? 'no chart' : `first chart after ${Math.round(firstChart)} ms`;
    console.log(`${problems.length ? 'FAILED' : 'passed'}  ${basename(file)}: ${charts} pictures, ${time}`);
    for (const problem of problems) console.log(`        ${problem}`);
    if (problems.length) ++failed;
  }
  await browser.close();
  return failed ? 1 : 0;
}

process.exitCode = await main();
