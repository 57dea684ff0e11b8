"""The tree of a page, before its article is looked for: without what is no article, its blocks told as such."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from lxml import etree

_BLOCKS: Final = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "blockquote",
    "pre",
    "td",
    "th",
    "dd",
    "dt",
    "div",
    "section",
)
MUCH: Final = 60  # words: a cell with more lays a page out, and holds no figure
_USELESS: Final = (
    "//script[not(@type='application/ld+json')]|//style|//nav|//aside|//button|//noscript|//template|//iframe|//svg"
    "|//dialog|//*[@role='navigation' or @role='complementary']"
)
# What is useless too, unless the page itself stands in it: a form around all of it, a page behind a question.
_AROUND: Final = "//form|//*[@aria-hidden='true']"
_HIDDEN: Final = (
    "//*[@hidden]"
    "|//*[contains(translate(@style,' ','') ,'display:none') or contains(translate(@style,' ',''),'visibility:hidden')]"
)
_NOTE_MARKS: Final = (
    "//sup[.//a[starts-with(@href,'#')]][string-length(normalize-space())<6]|//a[starts-with(@href,'#')]/sup"
    "|//a[starts-with(@href,'#footnote-ref') or starts-with(@href,'#endnote-ref')]"  # and those back from it
)
_RAISED, _LOWERED = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻"), str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
MOSTLY: Final = 0.5  # of the words of a page
# What stands under a picture: as HTML has it, or by the name of its class.
_CAPTIONS: Final = (
    "//figcaption|//*[self::p or self::div or self::span][not(.//p)]"
    "[contains(concat(' ',@class),'caption') or contains(concat(' ',@class),'photo-credit')]"
)
_CAPTIONED: Final = re.compile(r"captioned|captions", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(
    r"(?:^|[\s_-])(?:related|most-?(?:read|viewed|popular)|popular|trending|recommend(?:ed|ations?)|read-?(?:more|next)"
    r"|more-(?:stories|news|articles)|you-may-(?:also-)?like|teasers|taboola|outbrain)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LISTS: Final = ("div", "section", "ul", "ol")
FEWEST_CARDS: Final = 2
LONGEST_CARD, LONGEST_CARD_LINE = 60, 1000  # words; characters
_HEADINGS: Final = ("h2", "h3", "h4")
_PARTED: Final = ("div", "td", "section", "article", "body", "main", "center")
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub"}
    | {"sup", "time", "tt", "u", "wbr"}
)


def words_of(node: Any) -> str:
    """The words of a node, a space apart."""
    return " ".join(node.text_content().split())


def blocks(tree: Any) -> Iterator[str]:
    """The text of a tree, a block at a time, in its order."""
    words: list[str] = []
    for event, node in walk(tree):
        is_block = node.tag in _BLOCKS or node.tag in ("br", "tr", "article", "main", "header", "ul", "ol", "table")
        if is_block and words:
            yield "".join(words)
            words = []
        words.append((node.text if event == "start" else node.tail) or "")
    yield "".join(words)


def walk(tree: Any) -> Iterator[tuple[str, Any]]:
    """Each element of a tree as it begins and as it ends."""
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if isinstance(node.tag, str):
            yield event, node


def captions_of(tree: Any) -> list[Any]:
    """What stands under pictures."""
    return [found for found in tree.xpath(_CAPTIONS) if not _CAPTIONED.search(found.get("class") or "")]


def prune(tree: Any) -> None:
    """Take out what is no article."""
    _drop([*tree.xpath(_USELESS), *tree.xpath(_HIDDEN), *captions_of(tree)])
    every = _count(tree)
    _drop(node for node in tree.xpath(_AROUND) if _count(node) <= MOSTLY * every)
    _drop(node for node in list(tree.iter(*_LISTS)) if _leads_elsewhere(node))
    _drop_cards(tree)


def shape(tree: Any) -> None:
    """Make blocks of what is one by its looks alone; no mark of a note sticks to the word before it."""
    drop_note_marks(tree)
    _raise_figures(tree)
    _name_blocks(tree)
    _unnest(tree)
    flatten_tables(tree)
    _part_at_breaks(tree)


def _name_blocks(tree: Any) -> None:
    """Call a block what is shown as one: a span by its style, an element of the site's own making."""
    for node in tree.xpath("//span[contains(translate(@style,' ',''),'display:block')]"):
        node.tag = "p"
    for node in reversed(tree.xpath("//*[contains(name(),'-') and not(starts-with(name(),'amp-'))]")):
        node.tag = "div" if next(node.iterchildren(*_BLOCKS, "article", "main", "ul", "ol"), None) is not None else "p"


def flatten_tables(tree: Any) -> None:
    """Make blocks of a table that lays a page out, and of any other a line for each of its rows."""
    for table in reversed(list(tree.iter("table"))):
        if any(_lays_out(cell) for cell in table.iter("td", "th")):
            for node in (table, *table.iter("tbody", "tr", "td")):
                node.tag = "div"
        elif 2 * sum(_count(link) for link in table.iter("a")) <= _count(table):
            _line_up(table)


def _lays_out(cell: Any) -> bool:
    """Whether a cell holds paragraphs, and no figure or word of a row."""
    is_parted = cell.find(".//p") is not None or cell.find(".//br") is not None
    return is_parted and (_count(cell) > MUCH or sum(1 for block in blocks(cell) if block.strip()) > 1)


def _line_up(table: Any) -> None:
    rows = list(table.iter("tr"))
    for row in rows:
        cells = [" ".join(" ".join(blocks(cell)).split()) for cell in row.iter("td", "th")]
        for inner in list(row):
            row.remove(inner)
        row.tag, row.text = "p", " | ".join(filter(None, cells))
    for node in (table, *table.iter("thead", "tbody", "tfoot", "caption")):
        node.tag = "div"


def drop_note_marks(tree: Any) -> None:
    """Take out marks that lead to a note: "in 2019" with a small 4 behind it shall not read as 20194."""
    _drop(tree.xpath(_NOTE_MARKS))


def _raise_figures(tree: Any) -> None:
    """Write what stands higher or lower into its line: ten to the power of six shall not read as 106."""
    for node in list(tree.iter("sup", "sub")):
        if len(node) == 0 and node.text:
            node.text = node.text.translate(_RAISED if node.tag == "sup" else _LOWERED)
        node.drop_tag()


def _drop(useless: Iterable[Any]) -> None:
    for node in useless:
        if node.getparent() is not None and node.tag not in ("body", "html"):
            node.drop_tree()


def _count(node: Any) -> int:
    return len(node.text_content().split())


def _leads_elsewhere(node: Any) -> bool:
    """Whether this leads to other articles: by its name, and because there is a link for each of its paragraphs."""
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    if not _ELSEWHERE.search(names) or node.tag not in _LISTS or node.find(".//h1") is not None:
        return False
    links = len(list(node.iter("a")))
    return links >= sum(1 for _ in node.iter("p")) and _count(node) <= LONGEST_CARD * links


def _drop_cards(tree: Any) -> None:
    """Take out teasers of other articles: headings that are all link, each with a line or two, below the article."""
    cards = [card for heading in tree.iter(*_HEADINGS) if _is_linked(heading) and (card := _card(heading)) is not None]
    often = Counter(card.getparent() for card in cards)
    cards = [card for card in cards if often[card.getparent()] >= FEWEST_CARDS]
    if sum(_count(card) for card in cards) < MOSTLY * _count(tree):
        _drop(cards)


def _is_linked(heading: Any) -> bool:
    link = heading.getparent() if heading.getparent().tag == "a" else heading.find(".//a")
    return link is not None and link.get("href") is not None and words_of(heading) in words_of(link) != ""


def _card(heading: Any) -> Any:
    """The block of a heading and the line or two below it; None where it is of more."""
    card = None
    for around in heading.iterancestors("div", "li", "article"):
        if sum(1 for _ in around.iter("h1", *_HEADINGS)) > 1 or not _is_short(around):
            break
        card = around
    return card


def _is_short(node: Any) -> bool:
    words = 0
    for text in node.itertext():
        words += len(text.split()) if len(text) <= LONGEST_CARD_LINE else LONGEST_CARD + 1
        if words > LONGEST_CARD:
            return False
    return True


def _unnest(tree: Any) -> None:
    """Set apart what stands in one another because nobody closed it."""
    for paragraph in list(tree.iter("p")):
        outer = next(paragraph.iterancestors("p"), None)
        if outer is not None:
            outer.addnext(paragraph)


def _part_at_breaks(tree: Any) -> None:
    """Make paragraphs of what line breaks part in a block."""
    for block in list(tree.iter(*_PARTED)):
        if sum(1 for _ in block.iterchildren("br")) >= 2:  # noqa: PLR2004 -- one break parts no paragraphs
            _part(block)


def _part(block: Any) -> None:
    run = _begun(block, block.text)
    block.text = None
    block.insert(0, run)
    for node in list(block)[1:]:
        tail, node.tail = node.tail, None
        if node.tag in _INLINE:
            run.append(node)
            node.tail = tail
        else:
            run = _begun(block, tail)
            node.addnext(run)
            if node.tag == "br":
                block.remove(node)


def _begun(block: Any, text: str | None) -> Any:
    run = block.makeelement("p")
    run.text = text
    return run
