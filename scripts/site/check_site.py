#!/usr/bin/env python3
"""Checks a built site: check_site.py FOLDER. Links and anchors lead somewhere, every page can be reached from the
navigation, and nothing is loaded from another host. Needs only the standard library.
"""

import html.parser
import pathlib
import re
import sys
import urllib.parse

LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "object": "data"}
OTHER_HOST = re.compile(r"(?:https?:)?//", re.IGNORECASE)
STYLE_URL = re.compile(r"url\(\s*['\"]?((?:https?:)?//[^)'\"]+)|@import\s+['\"]((?:https?:)?//[^'\"]+)")


class PageReader(html.parser.HTMLParser):
    """What a page links to, what it loads, and which anchors it has."""

    def __init__(self):
        super().__init__()
        self.links, self.loads, self.anchors = [], [], {""}

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.anchors.update(attributes[name] for name in ("id", "name") if attributes.get(name))
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        if tag in LOADED and attributes.get(LOADED[tag]):
            self.loads.append(attributes[LOADED[tag]])


def read(path):
    reader = PageReader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader


def target_of(address, page, site):
    """The file and the anchor that a link within the site leads to."""
    parts = urllib.parse.urlsplit(address)
    path = urllib.parse.unquote(parts.path)
    target = page if not path else (site / path.lstrip("/") if path.startswith("/") else page.parent / path)
    if target.is_dir():
        target = target / "index.html"
    return target.resolve(), urllib.parse.unquote(parts.fragment)


def problems_of(site):
    pages = {path.resolve(): read(path) for path in sorted(site.rglob("*.html"))}
    reached = set()
    for path, page in pages.items():
        name = path.relative_to(site)
        for address in page.loads:
            if OTHER_HOST.match(address):
                yield f"{name}: loads {address} from another host"
            elif not target_of(address, path, site)[0].exists() and not address.startswith("data:"):
                yield f"{name}: loads {address}, which is not there"
        for address in page.links:
            if OTHER_HOST.match(address) or re.match(r"[a-z]+:", address):
                continue
            target, anchor = target_of(address, path, site)
            if not target.exists():
                yield f"{name}: links to {address}, which is not there"
            elif target in pages:
                reached.add(target)
                if anchor not in pages[target].anchors:
                    yield f"{name}: links to {address}, but there is no such heading"
    for path in sorted(set(pages) - reached):
        if path.name not in ("search.html",):
            yield f"{path.relative_to(site)}: no page leads there"
    for path in sorted(site.rglob("*.css")):
        for match in STYLE_URL.finditer(path.read_text(encoding="utf-8", errors="replace")):
            yield f"{path.relative_to(site)}: loads {match[1] or match[2]} from another host"


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: check_site.py FOLDER")
    site = pathlib.Path(sys.argv[1]).resolve()
    if not (site / "index.html").exists():
        sys.exit(f"check_site: there is no site in {site}")
    problems = sorted(set(problems_of(site)))
    if problems:
        sys.exit("\n".join(problems) + f"\n{len(problems)} problems")


if __name__ == "__main__":
    main()
