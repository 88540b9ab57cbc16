"""Hooks of mkdocs for this site: pages and files from outside docs/, a navigation that fills itself, and the search.

A link that works where Markdown is shown beside the sources has to work on the site as well. So pages of the root become
pages of the site, every other file that is linked is put under source/ as text, and anchors are made as GitHub makes them.
"""

import html.parser
import json
import pathlib
import posixpath
import re

from mkdocs.structure.files import File

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = "docs"

# Page of the site -> file of the project; the first is the one that links to the other name lead to.
ROOT_PAGES = {"overview.md": "README.md", "CONTRIBUTING.md": "CONTRIBUTING.md", "CHANGELOG.md": "CHANGELOG.md"}

INLINE_LINK = re.compile(r"(!?\[(?:[^\[\]]|\[[^\]]*\])*\])\(([^)\s]+)\)")
REFERENCE = re.compile(r"^(\[[^\]]+\]): (\S+)$")
FENCE = re.compile(r"^\s*(```|~~~)")


def origin(page):
    """Where a page of the site lies in the project."""
    return ROOT_PAGES.get(page, f"{DOCS}/{page}")


def place_of(target, page):
    """The path within the project that a link leads to, and its anchor; None for other hosts and the page itself."""
    path, _, anchor = target.partition("#")
    if not path or re.match(r"[a-z]+:", path):
        return None, anchor
    return posixpath.normpath(posixpath.join(posixpath.dirname(origin(page)), path)), anchor


def uri_of(place):
    """Where a file of the project lies on the site, or None where it is a folder without a page."""
    for page, source in ROOT_PAGES.items():
        if place == source:
            return page
    if (ROOT / place).is_dir():
        readme = f"{place}/README.md"
        return uri_of(readme) if (ROOT / readme).exists() else None
    if place.startswith(DOCS + "/"):
        return place[len(DOCS) + 1 :]
    return f"source/{place}.txt"


def prose_lines(text):
    """Triples of position, line and whether the line is outside fenced code."""
    fenced = False
    for position, line in enumerate(text.splitlines()):
        is_fence = FENCE.match(line) is not None
        yield position, line, not (fenced or is_fence)
        fenced ^= is_fence


def rewritten(text, page):
    """The page with links that hold on the site."""

    def link(match):
        place, anchor = place_of(match[2], page)
        if place is None:
            return match[0]
        uri = uri_of(place)
        if uri is None:
            return match[1][1:-1]
        path = posixpath.relpath(uri, posixpath.dirname(page) or ".")
        return f"{match[1]}({path}{'#' + anchor if anchor else ''})"

    def reference(match):
        place, anchor = place_of(match[2], page)
        if place is None or uri_of(place) is None:
            return match[0]
        path = posixpath.relpath(uri_of(place), posixpath.dirname(page) or ".")
        return f"{match[1]}: {path}{'#' + anchor if anchor else ''}"

    # A link may go over the end of a line; code does not hold any that lead somewhere.
    lines, prose = [], []

    def flush():
        if prose:
            lines.append(INLINE_LINK.sub(link, "\n".join(REFERENCE.sub(reference, line) for line in prose)))
            prose.clear()

    for _, line, is_prose in prose_lines(text):
        if is_prose:
            prose.append(line)
        else:
            flush()
            lines.append(line)
    flush()
    return "\n".join(lines) + "\n"


def linked_places(text, page):
    prose = "\n".join(line for _, line, is_prose in prose_lines(text) if is_prose)
    targets = [match[2] for match in INLINE_LINK.finditer(prose)]
    targets += [match[2] for line in prose.splitlines() if (match := REFERENCE.match(line))]
    for target in targets:
        place, _ = place_of(target, page)
        if place is not None:
            yield place


def github_anchor(text, separator):
    """The anchor of a heading as GitHub makes it: every blank becomes a separator, even beside removed signs."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", separator)


def named_in(nav):
    for item in nav:
        if isinstance(item, str):
            yield item
            continue
        for value in item.values():
            yield from [value] if isinstance(value, str) else named_in(value)


def filled(nav, pages, named):
    """The navigation with FOLDER/* replaced by the pages of the folder that nothing names."""
    result = []
    for item in nav:
        if isinstance(item, str) and item.endswith("/*"):
            folder = item[:-2]
            result += [page for page in pages if posixpath.dirname(page) == folder and page not in named]
        elif isinstance(item, str):
            result.append(item)
        else:
            for title, value in item.items():
                result.append({title: value if isinstance(value, str) else filled(value, pages, named)})
    return result


def on_config(config):
    pages = sorted(path.relative_to(ROOT / DOCS).as_posix() for path in (ROOT / DOCS).rglob("*.md"))
    config["nav"] = filled(config["nav"], pages, set(named_in(config["nav"])))
    config["mdx_configs"]["toc"] = {"slugify": github_anchor}
    config["theme"].static_templates = {"search.html"}
    search_sections.clear()
    return config


def on_files(files, config):
    def add(uri, source):
        file = File(uri, str(ROOT / DOCS), config["site_dir"], config["use_directory_urls"])
        file.abs_src_path = str(ROOT / source)
        files.append(file)

    for page, source in ROOT_PAGES.items():
        add(page, source)
    wanted = set()
    for file in files.documentation_pages():
        text = pathlib.Path(file.abs_src_path).read_text(encoding="utf-8")
        wanted.update(linked_places(text, file.src_uri))
    for place in sorted(wanted):
        uri = uri_of(place)
        if uri is not None and uri.startswith("source/") and (ROOT / place).is_file():
            add(uri, place)
    return files


def on_page_markdown(markdown, page, config, files):
    return rewritten(markdown, page.file.src_uri)


# The search: title and text of every section of every page, read by scripts/site/theme/js/search.js. It is a script, not
# a file of data, since a browser does not read the latter beside a page that was opened from the disk.
search_sections = []


class SectionReader(html.parser.HTMLParser):
    """Cuts the content of a page at its headings."""

    def __init__(self):
        super().__init__()
        self.sections = [["", [], []]]  # anchor, words of the heading, words of the text
        self.in_heading = False

    def handle_starttag(self, tag, attrs):
        if tag in ("h1", "h2", "h3"):
            self.sections.append([dict(attrs).get("id", ""), [], []])
            self.in_heading = True

    def handle_endtag(self, tag):
        if tag in ("h1", "h2", "h3"):
            self.in_heading = False

    def handle_data(self, data):
        self.sections[-1][1 if self.in_heading else 2].append(data)


def on_page_content(html, page, config, files):
    reader = SectionReader()
    reader.feed(html)
    for anchor, heading, text in reader.sections:
        words = " ".join(" ".join(text).split())
        title = " ".join("".join(heading).split())
        if title or words:
            address = page.url + ("#" + anchor if anchor else "")
            search_sections.append([address, str(page.title), title, words])
    return html


def on_post_build(config):
    target = pathlib.Path(config["site_dir"]) / "search_sections.js"
    target.write_text("var search_sections = " + json.dumps(search_sections, ensure_ascii=False) + ";\n", encoding="utf-8")
