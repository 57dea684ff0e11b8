"""Attributions whose cue is a phrase: according to, in somebody's view, noun cues such as a proposal from somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..annotations import Act, Span
from ..lexicon import read_groups
from ..segment import noun_phrase_end, verb_group, word_at
from .drafts import Draft, Scene, cue_nouns, lower_words
from .joined import find_joined
from .sources import source_end

# A phrase, a name and a clause take so many words.
_SHORTEST: Final = 6
_OWNER_AND_MARK: Final = 2
_VIEWS: Final = frozenset(
    {"view", "opinion", "words", "eyes", "account", "telling", "estimation", "judgment", "judgement", "assessment"}
)


def find_phrasal(scene: Scene) -> Iterator[Draft]:
    """The attributions of a sentence that stand on a phrase."""
    for index, word in enumerate(scene.words):
        if word.lower == "according" and lower_words(scene.words, index + 1, 1) == ["to"]:
            yield from _according(scene, index)
        elif word.lower == "in" and index + 1 < len(scene.words):
            yield from _in_view(scene, index)
            yield from _in_words_of(scene, index)
        elif word.lower == "by":
            yield from _by_account(scene, index)
        elif word.lower in cue_nouns():
            yield from _noun_cue(scene, index)
    yield from _for_somebody(scene)
    yield from _asked_by(scene)


def _asked_by(scene: Scene) -> Iterator[Draft]:
    """`Asked by a visitor whether it rains here, he replied`: the visitor's question."""
    words = scene.words
    if lower_words(words, 0, 2) != ["asked", "by"] or len(words) < _SHORTEST:
        return
    end = source_end(scene, 2, min(len(words), 20))
    if end < len(words) - 2 and words[end].lower in {"whether", "if", "why", "how", "what", "when", "where", "who"}:
        last = next((index for index in range(end + 1, len(words)) if words[index].text == ","), len(words))
        source, content = scene.span(2, end), scene.span(end, last)
        yield Draft(
            scene.sentence.number, source, scene.span(0, 2), (content,), Act.QUESTION, "asked", 0.8, lemma="ask"
        )


def _according(scene: Scene, index: int) -> Iterator[Draft]:
    start = index + 2
    if start >= len(scene.words) or noun_phrase_end(scene.words, start) <= start:
        return
    end = source_end(scene, start, min(len(scene.words), start + 30))
    content = _content_beside(scene, index, end)
    if content is not None:
        cue = scene.span(index, index + 2)
        number, source = scene.sentence.number, scene.span(start, end)
        draft = Draft(number, source, cue, (content,), Act.ASSERTION, "according", 0.9, lemma="according")
        yield draft
        yield from find_joined(scene, end, draft) if content.start < cue.start else ()


def _content_beside(scene: Scene, start: int, end: int) -> Span | None:
    """What a phrase attributes: the clause after it when it opens the sentence, else what stands before it."""
    opens = start == 0 or scene.words[start - 1].text == ";" or not _tells_before(scene, start)
    return _content_behind(scene, end) if opens else _content_before(scene, start)


def _tells_before(scene: Scene, start: int) -> bool:
    """Whether a main clause stands before a phrase, not only where or when: "On it, according to the ruling, ..."."""
    first = _opening(scene, start)
    inside = [clause for clause in scene.clauses if clause.verb is not None and first <= clause.verb.start < start]
    behind = any(clause.verb is not None and clause.verb.start >= start for clause in scene.clauses)
    return not behind or any(clause.kind in {"main", "coordinate"} for clause in inside)


def _content_behind(scene: Scene, end: int) -> Span | None:
    first = end + 1 if word_at(scene.words, end).text == "," else end
    last = _sentence_end(scene, first)
    return scene.span(first, last) if first < last else None


def _content_before(scene: Scene, start: int) -> Span | None:
    before = start - 1 if scene.words[start - 1].text in {",", "—", "–", "-"} else start
    first = _opening(scene, before)
    quoted = any(word.tag == "QUOTE" for word in scene.words[first:before])
    return scene.span(first, before) if first < before and not quoted else None


def _opening(scene: Scene, before: int) -> int:
    for index in range(before - 1, -1, -1):
        word = scene.words[index]
        if word.text in {";", ":"} or word.tag == "QUOTE":
            return index + 1
    return 0


def _sentence_end(scene: Scene, start: int) -> int:
    end = start
    while end < len(scene.words) and scene.words[end].text != ";":
        end += 1
    while end > start and scene.words[end - 1].tag == "PU":
        end -= 1
    return end


def _in_view(scene: Scene, index: int) -> Iterator[Draft]:
    """`In Lima's view, the bill will pass`."""
    start = index + 1
    end = noun_phrase_end(scene.words, start)
    owned = end - start > _OWNER_AND_MARK and scene.words[end - 2].tag == "POS"
    if not owned or scene.words[end - 1].lower not in _VIEWS:
        return
    content = _content_beside(scene, index, end)
    if content is not None:
        source = scene.span(start, end - 2)
        yield Draft(
            scene.sentence.number, source, scene.span(index, end), (content,), Act.OPINION, "view", 0.85, lemma="view"
        )


def _in_words_of(scene: Scene, index: int) -> Iterator[Draft]:
    """`In the words of Ana Lima, the bill will pass`."""
    words = scene.words
    named = [word.lower for word in words[index + 1 : index + 4]]
    if len(named) < _OF or named[0] != "the" or named[1] not in _VIEWS or named[2] != "of":
        return
    end = source_end(scene, index + 4, min(len(words), index + 30))
    if end > index + 4:
        yield from _viewed(scene, scene.span(index + 4, end), (index, index + 4, end), named[1])


_OF: Final = 3


def _by_account(scene: Scene, index: int) -> Iterator[Draft]:
    """`By her own count, nine boats left`: of somebody whom a possessive names."""
    words = scene.words
    end = noun_phrase_end(words, index + 1)
    if end < index + _OF or words[end - 1].lower not in _COUNTS:
        return
    if words[index + 1].tag == "PRP$":
        yield from _viewed(scene, scene.span(index + 1, index + 2), (index, end, end), "account")
    elif words[end - 2].tag == "POS":
        yield from _viewed(scene, scene.span(index + 1, end - 2), (index, end, end), "account")


_COUNTS: Final = frozenset({"account", "count", "estimate", "reckoning", "admission", "telling"})
_FACTUAL: Final = frozenset({"words", "account", "telling"})


def _viewed(scene: Scene, source: Span, places: tuple[int, int, int], noun: str) -> Iterator[Draft]:
    """The draft of a phrase that begins, ends its cue and ends itself at these places."""
    start, cue_end, end = places
    content = _content_beside(scene, start, end)
    if content is not None:
        act = Act.ASSERTION if noun in _FACTUAL else Act.OPINION
        cue = scene.span(start, cue_end)
        yield Draft(scene.sentence.number, source, cue, (content,), act, "view", 0.85, lemma="view")


def _for_somebody(scene: Scene) -> Iterator[Draft]:
    """`For Ana Lima, who runs the shop, the tax is "a leaky bucket"`: an opinion when it is quoted."""
    words = scene.words
    if lower_words(words, 0, 1) != ["for"] or len(words) < _SHORTEST:
        return
    end = source_end(scene, 1, min(len(words), 30))
    named = any(word.tag == "NNP" for word in words[1:end])
    if end + 1 < len(words) and words[end].text == "," and named and _quotes_behind(scene, end):
        last = _sentence_end(scene, end + 1)
        source, content = scene.span(1, end), scene.span(end + 1, max(last, end + 2))
        yield Draft(scene.sentence.number, source, scene.span(0, 1), (content,), Act.OPINION, "for", 0.7, lemma="for")


def _quotes_behind(scene: Scene, index: int) -> bool:
    """Whether words stand in quotation marks behind a word."""
    start = scene.words[index].start
    return any(word.tag == "QM" and word.start > start for word in scene.sentence.words)


def _noun_cue(scene: Scene, index: int) -> Iterator[Draft]:
    """`their only wish is that P`, `a proposal from Russia to P`, `the mayor's claim that P`."""
    source, after = _owner(scene, index) or _owner_aside(scene, index) or (None, index + 1)
    if source is None:
        return
    content = _noun_content(scene, after)
    if content is not None:
        word = scene.words[index]
        cue, act = Span(word.start, word.end), cue_nouns()[word.lower]
        yield Draft(scene.sentence.number, source, cue, (content,), act, "noun", 0.7, lemma=word.lower)


def _owner(scene: Scene, index: int) -> tuple[Span, int] | None:
    """Who stands behind a noun cue: a possessor before it, or "from" and "by" after it."""
    words = scene.words
    if index + 2 < len(words) and words[index + 1].lower in {"from", "by"}:
        end = noun_phrase_end(words, index + 2)
        return (scene.span(index + 2, end), end) if end > index + 2 else None
    owner = _possessor(scene, index)
    return (owner, index + 1) if owner is not None else None


def _possessor(scene: Scene, index: int) -> Span | None:
    """`their only wish`, `the mayor's first claim`."""
    words = scene.words
    first = index
    while first > 0 and words[first - 1].tag in {"JJ", "NN", "VBN", "CD", "RB"}:
        first -= 1
    before = word_at(words, first - 1).tag
    if before == "PRP$":
        return scene.span(first - 1, first)
    return scene.span(_phrase_start(scene, first - 2), first - 1) if before == "POS" else None


def _owner_aside(scene: Scene, index: int) -> tuple[Span, int] | None:
    """`the only reply he had, from the clerk, was that`: the owner stands between commas."""
    words = scene.words
    for ahead in range(index + 1, min(len(words) - 2, index + 6)):
        if words[ahead].text == "," and words[ahead + 1].lower in {"from", "by"}:
            end = noun_phrase_end(words, ahead + 2)
            return (scene.span(ahead + 2, end), index + 1) if end > ahead + 2 else None
    return None


def _phrase_start(scene: Scene, last: int) -> int:
    start = last
    while start > 0 and scene.words[start - 1].tag in {"NN", "NNP", "JJ", "DT", "NNS", "PRP$", "POS"}:
        start -= 1
    return start


def _noun_content(scene: Scene, after: int) -> Span | None:
    """The content of a noun cue: "that ..." or "to ..." right after it, or after "was", past an aside."""
    words = scene.words
    index = _skip_aside(scene, after)
    linked = index < len(words) and words[index].lower in read_groups("copulas")["be"]
    index += linked
    if index + 1 >= len(words):
        return None
    infinitive = verb_group(words, index)
    if words[index].lower != "that" and not (infinitive is not None and infinitive.form == "infinitive"):
        return None
    last = _clause_end(scene, index)
    return scene.span(index, last) if last > index + 1 else None


def _clause_end(scene: Scene, start: int) -> int:
    """A noun cue's content ends at a comma or the next finite verb that is not its own."""
    last = _sentence_end(scene, start)
    for index in range(start + 1, last):
        if scene.words[index].text in {",", "—", "–"}:
            return index
    return last


def _skip_aside(scene: Scene, index: int) -> int:
    """Past "..., which took a week," and "..., from the clerk, ..." right after a noun cue."""
    words = scene.words
    while (
        index < len(words)
        and words[index].tag in {"PRP", "VBD"}
        and words[index].lower not in read_groups("copulas")["be"]
    ):
        index += 1
    if index >= len(words) or words[index].text != ",":
        return index
    for ahead in range(index + 1, min(len(words) - 1, index + 20)):
        if words[ahead].text == "," and words[ahead + 1].lower in read_groups("copulas")["be"]:
            return ahead + 1
    return index
