// What has to hold of a report in a browser. Each check tells `report` in plain words what does not.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LEAST_PDF = 20_000;

// Shapes and words that a picture of a kind has at least; a frame and its axis alone have fewer.
const LEAST = {
  flow: { shapes: 3, words: 2 },
  curves: { shapes: 6, words: 4 },
  stack: { shapes: 4, words: 3 },
  heatmap: { shapes: 3, words: 2 },
  intervals: { shapes: 6, words: 4 },
  tornado: { shapes: 4, words: 4 },
  frontier: { shapes: 4, words: 4 },
};

export async function firstChart(page, limit, report) {
  const pictures = await page.locator('.drawn').count();
  if (pictures === 0) return null;
  try {
    await page.waitForFunction(() => performance.getEntriesByName('peercap:first-chart').length > 0, null, { timeout: limit * 2 });
  } catch {
    report('no picture was drawn');
    return null;
  }
  const time = await page.evaluate(() => performance.getEntriesByName('peercap:first-chart')[0].startTime);
  if (time > limit) report(`the first chart took ${Math.round(time)} ms, more than ${limit} ms`);
  return time;
}

export async function answerOnFirstScreen(page, report) {
  const place = await page.evaluate(() => {
    const sentence = document.querySelector('.answer .sentence');
    if (!sentence?.textContent.trim()) return null;
    const { top, bottom } = sentence.getBoundingClientRect();
    return { top, bottom, screen: innerHeight };
  });
  if (!place) report('there is no answer');
  else if (place.top < 0 || place.bottom > place.screen)
    report(`the answer does not stand on the first screen: it ends at ${Math.round(place.bottom)} of ${place.screen} px`);
}

export async function drawByScrolling(page) {
  await page.evaluate(async () => {
    const rest = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight * 0.8) {
      scrollTo(0, y);
      await rest();
    }
    scrollTo(0, 0);
    await rest();
  });
}

export async function charts(page, report) {
  const found = await page.evaluate(() =>
    [...document.querySelectorAll('figure.chart')]
      // What lies in shut details is drawn when they are opened.
      .filter((figure) => figure.checkVisibility())
      .map((figure) => {
        const svg = figure.querySelector('.drawn svg');
        const drawn = figure.querySelector('.drawn');
        return {
          id: figure.id.replace('chart-', ''),
          kind: figure.dataset.kind,
          says: figure.querySelector('[data-empty]')?.textContent ?? '',
          table: !!figure.querySelector('table'),
          label: drawn?.getAttribute('aria-label') ?? '',
          shapes: svg?.querySelectorAll('path, rect, circle, line, polyline, polygon').length ?? 0,
          words: svg?.querySelectorAll('text').length ?? 0,
          smallest: Math.min(99, ...[...(svg?.querySelectorAll('text') ?? [])].map((text) => parseFloat(getComputedStyle(text).fontSize))),
          broken: /(NaN|Infinity|undefined)/.test(svg?.innerHTML.replace(/<text.*?<\/text>/gs, '') ?? ''),
          over: drawn && svg ? svg.getBoundingClientRect().width - drawn.getBoundingClientRect().width : 0,
        };
      }),
  );
  let pictures = 0;
  for (const chart of found) {
    const least = LEAST[chart.kind];
    // An empty chart says so; one of an unknown kind, or that contradicts itself, is its table.
    if (chart.says || (chart.shapes === 0 && !chart.label && chart.table)) continue;
    ++pictures;
    if (!least || chart.shapes < least.shapes || chart.words < least.words)
      report(`${chart.id} (${chart.kind}) is almost empty: ${chart.shapes} shapes, ${chart.words} words`);
    if (chart.broken) report(`${chart.id} has places that are no numbers`);
    if (chart.smallest < 12) report(`${chart.id} has words of ${chart.smallest} px`);
    if (!chart.label) report(`${chart.id} has no text alternative`);
    if (chart.over > 1) report(`${chart.id} is ${Math.round(chart.over)} px wider than its place`);
  }
  return pictures;
}

export async function noOverflow(page, report) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) report(`the page is ${over} px wider than the screen`);
}

export async function accessible(page, report) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const result = await globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return result.violations.map(({ id, help, nodes }) => ({ id, help, count: nodes.length, first: nodes[0].html.slice(0, 160), why: nodes[0].failureSummary }));
  });
  for (const { id, help, count, first, why } of violations) report(`axe: ${id}: ${help} (${count}): ${first} ${why.replaceAll('\n', ' ')}`);
}

export async function menuOpens(page, report) {
  const menu = page.locator('.menu summary');
  if ((await menu.count()) === 0) return;
  await menu.click();
  if (!(await page.locator('.menu ol').isVisible())) report('the menu does not open');
  await page.keyboard.press('Escape');
  if (await page.locator('.menu ol').isVisible()) report('Escape does not close the menu');
}

export async function reachableByKeys(page, report) {
  const wanted = await page.evaluate(() => {
    scrollTo(0, 0);
    document.activeElement?.blur();
    const all = [...document.querySelectorAll('a[href], button, summary, [tabindex="0"]')].filter((each) => each.checkVisibility());
    all.forEach((each, index) => (each.dataset.stop = String(index)));
    return all.map((each) => (each.getAttribute('aria-label') ?? each.textContent).trim().slice(0, 60));
  });
  const reached = new Set();
  const faint = new Set();
  for (let step = 0; step < wanted.length + 3; ++step) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element?.dataset.stop) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return { index: Number(element.dataset.stop), seen: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 };
    });
    if (!stop) continue;
    reached.add(stop.index);
    if (!stop.seen) faint.add(stop.index);
  }
  wanted.forEach((words, index) => {
    if (!reached.has(index)) report(`cannot be reached with Tab: ${words}`);
  });
  for (const index of faint) report(`has no visible focus: ${wanted[index]}`);
}

export async function textStandsOut(page, report) {
  const weak = await page.evaluate(() => {
    const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = ([r, g, b]) =>
      [r, g, b]
        .map((value) => value / 255)
        .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
    const paperOf = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const color = channels(getComputedStyle(at).backgroundColor);
        if (color.length === 3 || color[3] > 0) return color;
      }
      return [255, 255, 255];
    };
    const found = [];
    for (const element of document.querySelectorAll('h1, h2, h3, p, li, th, td, dt, dd, a, summary, .drawn text')) {
      if (!element.checkVisibility() || !element.textContent.trim()) continue;
      const style = getComputedStyle(element);
      const ink = element.closest('svg') ? style.fill : style.color;
      // Words on a bar or a cell have a paper of their own.
      if (element.closest('[data-kind="stack"], [data-kind="heatmap"]') && element.closest('svg')) continue;
      const [light, dark] = [luminance(channels(ink)), luminance(paperOf(element))].sort((a, b) => b - a);
      if ((light + 0.05) / (dark + 0.05) < 3) found.push(`${element.textContent.trim().slice(0, 40)} (${ink})`);
    }
    return found;
  });
  for (const words of weak.slice(0, 5)) report(`can hardly be read: ${words}`);
}

export async function everythingOpen(page, report) {
  // The browser tells the page about the medium with its next frame.
  await page.waitForFunction(() => !document.querySelector('details:not([open])'), null, { timeout: 2000 }).catch(() => {});
  const shut = await page.locator('details:not([open])').count();
  if (shut) report(`${shut} details are shut in print`);
}

export async function pdf(page, path, report) {
  // The browser tells the page about the paper itself here; nothing was scrolled or emulated.
  const bytes = await page.pdf({ path, preferCSSPageSize: true, printBackground: true, format: 'A4' });
  const size = path ? statSync(path).size : bytes.length;
  if (size < LEAST_PDF) report(`the PDF file has only ${size} bytes`);
}
