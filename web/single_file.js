// Puts the script and the style sheet of the build into the page, so that one file is all there is.

const DOCUMENT_PLACE = '<script type="application/json" id="peercap-document">null</script>';
const TITLE = '<title>peercap report</title>';

// Inside <script>, these two sequences end the script or change how its end is found. Both can only stand in strings,
// templates and regular expressions, where the escape means the same character.
function escapeScript(code) {
  return code.replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3C!--');
}

function count(text, part) {
  return text.split(part).length - 1;
}

export function singleFile({ template }) {
  return {
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
      for (const part of [DOCUMENT_PLACE, TITLE])
        if (count(html, part) !== 1) throw new Error(`the page has to contain exactly once: ${part}`);
      page.source = html;
    },
  };
}
