import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Puts the script and the style sheet of the build into the page, so that one file is all there is.

const DOCUMENT_PLACE = '<script type="application/json" id="peercap-document">null</script>';
const TITLE = '<title>peercap report</title>';

// Inside <script>, these two sequences end the script or change how its end is found. Both can only stand in strings,
// templates and regular expressions, where the escape means the same character.
function escapeScript(code) {
  return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3C!--');
}

// The page is handed on, and with it the libraries inside, whose licenses ask to be handed on too.
function licenses(root) {
  const texts = [];
  for (const library of ['echarts', 'zrender', 'tslib', 'svelte'])
    for (const name of ['NOTICE', 'LICENSE', 'LICENSE.txt', 'LICENSE.md']) {
      const path = join(root, 'node_modules', library, name);
      if (existsSync(path)) texts.push(`${library}: ${name}\n\n${readFileSync(path, 'utf8').replaceAll('\r', '').trim()}`);
    }
  return texts.join('\n\n\n').replaceAll('--', '- -');
}

function count(text, part) {
  return text.split(part).length - 1;
}

export function singleFile({ template }) {
  let root = '.';
  return {
    configResolved(config) {
      root = config.root;
    },
    name: 'peercap-single-file',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const page = bundle[template];
      let html = String(page.source);
      let script = '';
      let style = '';
      for (const [name, file] of Object.entries(bundle)) {
        if (name === template) continue;
        if (file.type === 'chunk') script += file.code.trim();
        else if (name.endsWith('.css')) style += String(file.source).trim();
        else throw new Error(`${name} cannot be put into the page`);
        delete bundle[name];
      }
      html = html.replace(/\s*<script type="module"[^>]*><\/script>/g, '').replace(/\s*<link rel="stylesheet"[^>]*>/g, '');
      // Replacements are functions, because a text with $& in it would be taken for a pattern.
      html = html.replace('</head>', () => `  <style>${style}</style>\n</head>`);
      html = html.replace('</body>', () => `  <script>${escapeScript(script)}</script>\n</body>`);
      html = html.replace('</html>', () => `<!--\nLibraries in this page\n\n${licenses(root)}\n-->\n</html>`);
      for (const part of [DOCUMENT_PLACE, TITLE])
        if (count(html, part) !== 1) throw new Error(`the page has to contain exactly once: ${part}`);
      page.source = html;
    },
  };
}
