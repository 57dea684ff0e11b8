"""Attributions whose cue is a verb with a clause or phrase after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ..annotations import Act, Span
from ..lexicon import CueVerb, find_cue_verbs, read_groups, read_rows, read_words
from ..segment import Clause, VerbGroup, is_time_phrase, noun_phrase_end, quantifier_end, verb_group, word_at
from .contents import CueMatch, match_cue
from .drafts import SET_ON, Draft, Scene, cue_nouns, lower_words
from .extents import content_end
from .passive import find_told
from .sources import subject_source
from .trailing import find_after_semicolon, find_trailing

_HYPOTHETICAL: Final = frozenset({"would", "could", "might", "may", "should", "can", "must", "shall", "cannot"})
# Verbs whose negation is the speaker's own view: "does not expect a deal" expects that there is none.
_NEGATION_RAISES: Final = frozenset({"expect", "believe", "think", "want", "intend", "plan", "see", "forecast"})
_CONDITIONS: Final = frozenset({"if", "unless", "whether", "until", "before", "once"})
_FRAME_WEIGHT: Final = {
    "T": 1.0, "Z": 0.97, "W": 0.95, "I": 0.95, "O": 0.97, "G": 0.95, "P": 0.95, "A": 0.9, "X": 0.95, "N": 0.9,
    "C": 0.9, "B": 0.9, "S": 0.95, "D": 0.95, "U": 0.95, SET_ON: 1.0,
}  # fmt: skip
_MEASURES: Final = frozenset({"no", "any", "none", "half", "third", "quarter", "fifth", "tenth", "double", "twice"})
# A noun phrase after a cue verb is a statement rather than a bare act when it carries a figure, a "no" or quoted words.
_MEASURED_GAIN: Final = 1.6


def find_clausal(scene: Scene) -> Iterator[Draft]:
    """The attributions of a sentence's finite and participial cue verbs, but for direct quotations."""
    for clause in scene.clauses:
        if clause.verb is not None:
            yield from _of_finite(scene, clause, clause.verb)
        for group in clause.others:
            if group.form == "gerund" or (group.form == "infinitive" and _writes(scene, clause)):
                yield from _of_gerund(scene, clause, group)


def _of_finite(scene: Scene, clause: Clause, group: VerbGroup) -> Iterator[Draft]:
    if _may_attribute(scene, clause, group):
        yield from _of_clause(scene, clause, group)
    elif clause.parent is None:
        yield from _setting_against(scene, clause, group)
    if group.passive:
        yield from _quoted_as_saying(scene, clause, group)
        yield from find_told(scene, clause, group)


def _setting_against(scene: Scene, clause: Clause, group: VerbGroup) -> Iterator[Draft]:
    """`Lima will not sell the boats`, `Lima will contest the fine`: what somebody is set on, told in passing."""
    source = subject_source(scene, clause)
    opposes = scene.words[group.head].lower in _OPPOSING and not group.negated
    start = group.end if opposes else group.head
    if source is None or not (opposes or group.negated) or not _is_set_on(scene, clause, group):
        return
    act = Act.PLEDGE if opposes else Act.REFUSAL
    verb = CueVerb("will", "", "", frozenset(SET_ON), act, _SURE)
    yield _leading(scene, CueMatch(verb, group.start, start, start, SET_ON), source)


def _is_set_on(scene: Scene, clause: Clause, group: VerbGroup) -> bool:
    """Whether a named subject will, or will not, do something to something."""
    will = scene.words[group.start].lower in _WILL and not group.passive and clause.kind != "relative"
    return will and _takes_known_object(scene, group.end) and _is_named(scene, clause)


_WILL: Final = frozenset({"will", "won't"})
_OPPOSING: Final = frozenset({"appeal", "challenge", "contest", "defend", "fight", "oppose", "resist"})
_SURE: Final = 0.75


def _takes_known_object(scene: Scene, index: int) -> bool:
    """Whether a noun phrase follows that is no time: "will not sell the boats", not "will not come on Friday"."""
    end = noun_phrase_end(scene.words, index)
    return end > index and not is_time_phrase(scene.words, index, end)


def _is_named(scene: Scene, clause: Clause) -> bool:
    """Whether somebody is named as the subject: a person, a body."""
    subject = scene.words[slice(*clause.subject)] if clause.subject is not None else ()
    heads = read_groups("organisation_heads")
    bodies = heads["generic"] | heads["specific"] | read_words("person_roles")
    return any(word.tag == "NNP" or word.lower in bodies for word in subject)


def _may_attribute(scene: Scene, clause: Clause, group: VerbGroup) -> bool:
    verbs = find_cue_verbs(scene.words[group.head].lower)
    if group.passive or group.modal in _HYPOTHETICAL or clause.opener in _CONDITIONS:
        return False
    linking = scene.words[group.head].lower in _BE
    if group.negated and not linking and not any(verb.base in _NEGATION_RAISES for verb in verbs):
        return False
    return bool(verbs) or linking


_BE: Final = frozenset({"is", "was", "are", "were", "be", "been", "am"})


def _of_clause(scene: Scene, clause: Clause, group: VerbGroup) -> Iterator[Draft]:
    if scene.words[group.head].lower in _BE:
        yield from _adjectival(scene, clause, group)
        yield from _behind_colon(scene, clause, group)
        return
    match, source = match_cue(scene, clause, group), subject_source(scene, clause)
    if match is None or source is None or _quotation_between(scene, match):
        yield from _behind_colon(scene, clause, group)
        yield from find_trailing(scene, clause, group)
        return
    nested = clause.parent is not None and clause.parent.verb is not None
    draft = _leading(scene, _with_noun(scene, match), source, negated=group.negated, nested=nested)
    yield _within_relative(scene, clause, draft)
    if clause.parent is None and match.frame in "TZ":
        yield from find_after_semicolon(scene, match.content, draft, match.verb)
    yield from _on_the_grounds(scene, match, source)


def _behind_colon(scene: Scene, clause: Clause, group: VerbGroup) -> Iterator[Draft]:
    """`Lima writes: still no boats`, `Lima was firm: the boats will stay`: what is said stands behind a colon."""
    words, source = scene.words, subject_source(scene, clause)
    verb = next((verb for verb in find_cue_verbs(words[group.head].lower) if "Q" in verb.frames), None)
    end = _firm_end(scene, group) if verb is None else group.head + 1
    if end is None or source is None or word_at(words, end).text != ":" or clause.parent or clause.trailing:
        return
    if word_at(words, end + 1).tag not in {"", "QUOTE", "PU"} and not clause.shared:
        told = verb or CueVerb("be", "", "", frozenset("T"), Act.ASSERTION, 0.85)
        yield _leading(scene, CueMatch(told, group.start, end, end + 1, "T"), source)


def _firm_end(scene: Scene, group: VerbGroup) -> int | None:
    """Where "was firm", "is quite clear" ends; None for other words."""
    index = group.end
    while word_at(scene.words, index).tag == "RB":
        index += 1
    firm = scene.words[group.head].lower in _BE and word_at(scene.words, index).lower in read_words("firm_adjectives")
    return index + 1 if firm else None


def _within_relative(scene: Scene, clause: Clause, draft: Draft) -> Draft:
    """What a relative clause tells ends at its comma, and is mostly said in passing ("who wanted no name in print")."""
    if clause.kind != "relative":
        return draft
    start = draft.parts[0].start
    comma = next((word.start for word in scene.words if word.start > start and word.text == ","), draft.parts[0].end)
    part = Span(start, min(draft.parts[0].end, comma))
    return replace(draft, parts=(part,), confidence=draft.confidence * _IN_PASSING)


_IN_PASSING: Final = 0.7


def _quotation_between(scene: Scene, match: CueMatch) -> bool:
    return any(word.tag == "QUOTE" for word in scene.words[match.end : match.content + 1])


def _leading(
    scene: Scene, match: CueMatch, source: Span | None, *, negated: bool = False, nested: bool = False
) -> Draft:
    end = content_end(scene, match, nested=nested)
    confidence = match.verb.weight * _FRAME_WEIGHT.get(match.frame, 0.8)
    if _is_telling(scene, match, end):
        confidence = min(0.85, confidence * _MEASURED_GAIN)
    return Draft(
        sentence=scene.sentence.number,
        source=source,
        cue=scene.span(match.start, match.end),
        parts=(scene.span(match.content, max(end, match.content + 1)),),
        act=match.verb.act,
        frame="F" if match.frame == "N" and _opens_with_figure(scene, match.content) else match.frame,
        confidence=confidence if source else confidence * 0.8,
        lemma=match.verb.base,
        negated_cue=negated,
    )


def _is_telling(scene: Scene, match: CueMatch, end: int) -> bool:
    """Whether a phrase or an infinitive tells more than that something was done."""
    if match.frame == "N":
        return _is_measured(scene, match.content, end) or _rejects_charge(scene, match)
    return match.frame == "I" and match.verb.act is Act.REFUSAL and not _keeps_silent(scene, match.content)


def _opens_with_figure(scene: Scene, content: int) -> bool:
    """`spoke of 25,000`, `foresees around 7,000`: a figure is told, no thing."""
    return word_at(scene.words, quantifier_end(scene.words, content)).tag in {"CD", "SYM"}


def _keeps_silent(scene: Scene, content: int) -> bool:
    """`declined to comment`, `refused to say`: nothing was said."""
    return not _SAYING.isdisjoint(lower_words(scene.words, content, 4))


_SAYING: Final = frozenset({"comment", "discuss", "elaborate", "answer", "speak", "say", "talk", "speculate", "drawn"})


def _with_noun(scene: Scene, match: CueMatch) -> CueMatch:
    """`repeated a demand to`, `issued a warning that`: the noun belongs to the cue and tells the act."""
    if match.frame != "N":
        return match
    end = _noun_end(scene, match.content)
    acts = cue_nouns()
    noun = next((word.lower for word in reversed(scene.words[match.content : end]) if word.lower in acts), None)
    if noun is None or not _tells_clause(scene, end):
        return match
    return CueMatch(replace(match.verb, act=acts[noun], weight=0.8), match.start, end, end, "T")


def _noun_end(scene: Scene, start: int) -> int:
    """Where a noun phrase ends with what "of" hangs on it: `a repetition of the demand`."""
    words = scene.words
    end = noun_phrase_end(words, start)
    while word_at(words, end).lower == "of" and noun_phrase_end(words, end + 1) > end + 1:
        end = noun_phrase_end(words, end + 1)
    return end


def _tells_clause(scene: Scene, index: int) -> bool:
    """Whether "that" or an infinitive follows."""
    if index >= len(scene.words):
        return False
    group = verb_group(scene.words, index)
    return scene.words[index].lower == "that" or (group is not None and group.form == "infinitive")


def _on_the_grounds(scene: Scene, match: CueMatch, source: Span) -> Iterator[Draft]:
    """`... on the grounds that P`: P is the reason the same source gives."""
    words = scene.words
    for index in range(match.content, len(words) - 4):
        if lower_words(words, index, 4) == ["on", "the", "grounds", "that"]:
            verb = CueVerb("ground", "", "", frozenset("T"), Act.ASSERTION, 0.75)
            yield _leading(scene, CueMatch(verb, index, index + 3, index + 3, "T"), source)
            return


def _rejects_charge(scene: Scene, match: CueMatch) -> bool:
    """`rejected the police's version`: what others have said."""
    rejected = scene.words[match.content : noun_phrase_end(scene.words, match.content)]
    charges = read_groups("charges")["charge"]
    return match.verb.base in {"reject", "refute", "deny"} and any(word.lower in charges for word in rejected)


def _is_measured(scene: Scene, start: int, end: int) -> bool:
    words = scene.words[start:end]
    marked = any(
        word.tag == "QM" and words[0].start <= word.start + 1 <= words[-1].end for word in scene.sentence.words
    )
    return marked or any(word.tag == "CD" or word.lower in _MEASURES for word in words)


def _adjectival(scene: Scene, clause: Clause, group: VerbGroup) -> Iterator[Draft]:
    """`is not hopeful that`: a form of be, an adjective of attitude and a clause."""
    index = group.end
    while index < len(scene.words) and scene.words[index].tag == "RB":
        index += 1
    acts = {row[0]: row[1] for row in read_rows("cue_adjectives")}
    if index >= len(scene.words) or scene.words[index].lower not in acts:
        return
    verb = CueVerb("be", "", "", frozenset("TZ"), Act(acts[scene.words[index].lower]), 0.75)
    content = index + 1
    source = subject_source(scene, clause)
    if source is None or content >= len(scene.words) or not _clause_follows(scene, clause, content):
        return
    yield _leading(scene, CueMatch(verb, group.start, content, content, "T"), source, negated=group.negated)


def _clause_follows(scene: Scene, clause: Clause, content: int) -> bool:
    return scene.words[content].lower == "that" or any(c.parent is clause and c.start == content for c in scene.clauses)


def _quoted_as_saying(scene: Scene, clause: Clause, group: VerbGroup) -> Iterator[Draft]:
    """`was quoted as saying that`: the passive of quoting names the speaker as its subject."""
    words = scene.words
    if lower_words(words, group.head, 3) not in (["quoted", "as", "saying"], ["cited", "as", "saying"]):
        return
    saying = verb_group(words, group.head + 2)
    match = match_cue(scene, None, saying) if saying is not None else None
    source = subject_source(scene, clause)
    if match is not None and source is not None and not _quotation_between(scene, match):
        yield _leading(scene, replace(match, start=group.start), source)


def _writes(scene: Scene, clause: Clause) -> bool:
    """`phoned the clerks to tell them that`: the infinitive tells what was written."""
    return clause.verb is not None and scene.words[clause.verb.head].lower in _SENDING


_SENDING: Final = frozenset({"wrote", "written", "writes", "called", "phoned", "emailed", "appeared", "came", "spoke"})


def _of_gerund(scene: Scene, clause: Clause, group: VerbGroup) -> Iterator[Draft]:
    """`..., adding that`: the source is that of the clause it hangs on."""
    if group.start == 0 or scene.words[group.start - 1].tag in {"IN", "VBD", "VBZ"}:
        return
    match, source = match_cue(scene, None, group), subject_source(scene, clause)
    if match is None or source is None or match.frame not in "TZWOP":
        return
    if not _quotation_between(scene, match):
        yield _leading(scene, match, source, negated=group.negated)
