"""A web page: its article, and what the page says of it."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import trafilatura
from lxml import html
from trafilatura.settings import Document as TrafilaturaDocument

from factcheck.intake.parsing.boilerplate import part
from factcheck.intake.parsing.checks import MOST_ATTRIBUTES, refuse_crowded, require_words
from factcheck.intake.parsing.decoding import decode
from factcheck.intake.parsing.documents import Document, UnfitFile
from factcheck.intake.parsing.shaping import blocks, captions_of, prune, shape, walk, words_of
from factcheck.intake.wording import worded

DEEPEST: Final = 200
LITTLE: Final = 60  # words: with less, another way is tried
LONGEST_META, LONGEST_ADDRESS = 300, 2000
_ARTICLES: Final = frozenset(
    {"article", "newsarticle", "reportagenewsarticle", "blogposting", "liveblogposting", "analysisnewsarticle"}
)
_SAMPLE: Final = """<html lang="en"><head><title>Words in a row</title><meta name="date" content="2026-03-02"></head>
<body><article><h1>Words in a row</h1><p class="byline">By Ann Lee</p>
<time datetime="2026-03-02T10:00:00Z">2 March 2026</time><p>The mayor said on Monday that the bridge will open.</p>
<table><tr><td>1</td></tr></table><ul><li>One</li></ul></article></body></html>"""
_BULLET: Final = re.compile(r"^- ")  # which trafilatura puts before what stands in a list
_CLEAR: Final = re.compile(r"(?:[|–—»·:]|\s-)\s{0,3}[^|–—»·:]{1,60}$")


def warm_up() -> None:
    """Load what reading a page loads, while there is still a disk to load it from."""
    read_page(_SAMPLE, "https://news.example/2026/03/02/a")


def parse(content: bytes, told: dict[str, str]) -> Iterator[Document]:
    """The one article of a page.

    Raises:
        UnfitFile: it is no page, or none that is read.
    """
    text = decode(content, told["charset"])
    require_words(text, content)
    yield read_page(text, told["url"])


def read_page(text: str, url: str = "") -> Document:
    """The article of a page's text.

    Raises:
        UnfitFile: it is nested too deeply to be a page, or is none.
    """
    tree = _tree(text)
    about, written = _about(tree), _written(tree)
    heading = _heading(tree)
    captions = [caption for caption in map(words_of, captions_of(tree)) if caption]
    prune(tree)
    shape(tree)
    seen = _seen(tree, url)
    paragraphs, left_out = part(_BULLET.sub("", line) for line in _main_text(seen.get("text") or "", tree, written))
    headline = _first(about.get("headline"), about.get("og:title"), heading)
    return Document(
        title=headline or _first(seen.get("title"), about.get("title")),
        paragraphs=paragraphs,
        left_out=(*captions, *left_out),
        byline=_first(about.get("author"), seen.get("author")),
        outlet=_first(about.get("og:site_name"), about.get("publisher"), seen.get("sitename")),
        published=_first(about.get("datePublished"), about.get("article:published_time"), seen.get("date")),
        modified=_first(about.get("dateModified"), about.get("article:modified_time")),
        language=_first(about.get("lang")).replace("_", "-").split("-")[0].lower()[:8],
        url=_canonical(about.get("canonical", ""), url),
    )


def _seen(tree: Any, url: str) -> dict[str, Any]:
    """What trafilatura sees."""
    found = trafilatura.bare_extraction(
        tree,
        url=url or None,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return found.as_dict() if isinstance(found, TrafilaturaDocument) else {}


def parser() -> Any:
    """A parser of pages, which fetches nothing and keeps no comments."""
    return html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)


def _tree(text: str) -> Any:
    if not text.strip():
        raise UnfitFile(worded("This page is empty."))
    content = text.replace("\x00", "").encode("utf-8", "replace")
    refuse_crowded(content)
    tree = html.document_fromstring(content, parser=parser())
    depth = 0
    for event, node in walk(tree):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST or len(node.attrib) > MOST_ATTRIBUTES:
            raise UnfitFile(worded("This page is nested more than 200 deep, which no article is. Paste its text."))
    return tree


def _main_text(text: str, tree: Any, written: list[str]) -> list[str]:
    """What trafilatura found; where that is little, and the paragraphs themselves are far more, those.

    Where it found no more than what the page has written for machines, that, whose paragraphs stand apart.
    """
    lines, words = text.split("\n"), len(text.split())
    if written and "".join(text.split()) == "".join("".join(written).split()):
        return written
    bodies = tree.xpath("//article|//body")
    if words >= LITTLE or not bodies:
        return lines
    paragraphs = [words_of(found) for found in bodies[-1].iter("p", "h2", "h3", "blockquote")]
    more = paragraphs if any(paragraphs) else list(blocks(bodies[-1]))
    return more if len(" ".join(more).split()) > 2 * words else lines


def _about(tree: Any) -> dict[str, str]:
    """What the page says of its article in machine-readable words; the first of each kind holds."""
    about: dict[str, str] = {"lang": tree.get("lang") or "", "title": _clear(tree.findtext(".//title") or "")}
    for tag in tree.iter("meta"):
        about.setdefault(tag.get("property") or tag.get("name") or "", (tag.get("content") or "")[:LONGEST_META])
    for link in tree.xpath("//link[@rel='canonical']/@href"):
        about.setdefault("canonical", link)
    for script in tree.xpath("//script[@type='application/ld+json']"):
        _add_linked(about, script.text_content())
    return about


def _add_linked(about: dict[str, str], text: str) -> None:
    for row in _linked(text):
        about |= {name: value for name, value in row.items() if value and not about.get(name)}


def _linked(text: str) -> Iterator[dict[str, str]]:
    for row in _articles(text):
        names = ("headline", "datePublished", "dateModified", "author", "publisher")
        yield {name: ", ".join(_named(row.get(name)))[:LONGEST_META] for name in names}


def _articles(text: str) -> Iterator[dict[str, Any]]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return
    for row in _graph(said):
        kinds = [str(kind).lower() for kind in _listed(row.get("@type"))]
        if not _ARTICLES.isdisjoint(kinds):
            yield row


def _written(tree: Any) -> list[str]:
    """The lines of the article that a page carries for machines; those that are drawn by scripts show no other."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        for row in _articles(script.text_content()):
            if isinstance(body := row.get("articleBody"), str) and body.strip():
                return body.split("\n") if "<" not in body else list(blocks(html.fragment_fromstring(body, "div")))
    return []


def _graph(said: Any) -> Iterator[dict[str, Any]]:
    for one in _listed(said):
        if isinstance(one, dict):
            yield one
            yield from (inner for inner in _listed(one.get("@graph")) if isinstance(inner, dict))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if isinstance(value, dict | str) else []


def _named(value: Any) -> Iterator[str]:
    for one in _listed(value):
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and not name.startswith(("http://", "https://")):
            yield " ".join(name.split())


def _heading(tree: Any) -> str:
    headings = [words_of(found) for found in tree.iter("h1")]
    return headings[0] if len(headings) == 1 else ""


def _clear(title: str) -> str:
    """A window's title without the outlet's name at its end."""
    title = " ".join(title.split())
    return _CLEAR.sub("", title) or title


def _first(*values: object) -> str:
    return next(
        (" ".join(value.split())[:LONGEST_META] for value in values if isinstance(value, str) and value.strip()), ""
    )


def _canonical(said: str, url: str) -> str:
    """Where the page says that it stands, if that is the same site: others would let it pass for somebody else's."""
    try:
        there = urljoin(url, said.strip())
        is_same = _site(there) == _site(url) and there.startswith(("https://", "http://"))
    except ValueError:
        return url
    return there if said and is_same and len(there) <= LONGEST_ADDRESS else url


def _site(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
