// How the page is being looked at: on a dark screen, with forced colors, or on paper.
import { flushSync } from 'svelte';

const dark = matchMedia('(prefers-color-scheme: dark)');
const forced = matchMedia('(forced-colors: active)');
const paper = matchMedia('print');

// A4 and Letter with the margins of the print style sheet hold this many CSS pixels, with a heading above.
export const PAPER_WIDTH = 660;
export const PAPER_HEIGHT = 640;

class View {
  dark = $state(dark.matches);
  forced = $state(forced.matches);
  printing = $state(paper.matches);

  // Charts keep their own colors where a system forces its own, on white paper.
  darkCharts = $derived(this.dark && !this.forced && !this.printing);
}

export const view = new View();

let opened: HTMLDetailsElement[] = [];

function preparePaper() {
  if (!view.printing) flushSync(() => (view.printing = true));
  for (const each of document.querySelectorAll('details')) {
    if (each.open) continue;
    each.open = true;
    opened.push(each);
  }
  document.dispatchEvent(new CustomEvent('peercap:draw-all'));
  flushSync();
}

function leavePaper() {
  for (const each of opened) each.open = false;
  opened = [];
  if (view.printing) flushSync(() => (view.printing = false));
}

dark.addEventListener('change', () => (view.dark = dark.matches));
forced.addEventListener('change', () => (view.forced = forced.matches));
paper.addEventListener('change', () => (paper.matches ? preparePaper() : leavePaper()));
addEventListener('beforeprint', preparePaper);
addEventListener('afterprint', leavePaper);
