"""The act of an utterance.

The classes follow Searle (1976), cut to what desks need; the rules read the cue's default act and the first
clauses of the content.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from ..annotations import Act, Quote
from ..lexicon import has_tag, read_groups, read_words
from ..segment import Word
from .denials import read_denial, weigh_denial
from .reading import PERSONAL, Reading, Utterance, read_first, read_sentence

_FEW: Final = 3
_A_CLAUSE: Final = 8  # words
_NEARLY_HALF: Final = 0.4
_MOSTLY_TOLD: Final = 0.65
_MAYBE: Final = frozenset({"may", "might", "could"})
_DUTY: Final = frozenset({"must", "should", "ought"})
_LATER_ACTS: Final = frozenset({Act.PREDICTION, Act.REFUSAL, Act.DENIAL})


def classify_act(utterance: Utterance) -> Act:
    """The act of an utterance; the cue's own where it is telling, else what the content shows."""
    first, rest = read_first(utterance.content)
    if not _is_open(utterance, first):
        return Act.REFUSAL if _vows_not_to(utterance, first) else utterance.cue_act
    return _read_content(utterance, first, rest)


def _vows_not_to(utterance: Utterance, first: Reading) -> bool:
    """`vowed not to pay`."""
    return utterance.lemma == "vow" and (first.is_negated or first.lower[:1] == ("not",))


def _read_content(utterance: Utterance, first: Reading, rest: Sequence[Word]) -> Act:
    """What the content shows, behind a cue that leaves it open."""
    if _denies_charge(utterance):
        return Act.DENIAL
    utterance = replace(utterance, cue_act=utterance.cue_act if utterance.cue_act is Act.OPINION else Act.ASSERTION)
    act = _apply(utterance, first) or utterance.cue_act
    if not utterance.is_direct or not rest:
        return act
    second = read_sentence(rest)
    if act is Act.OPINION or _is_observed(first):
        return _weigh_second(utterance, first, second, act)
    return weigh_denial(utterance, second, act)


def _weigh_second(utterance: Utterance, first: Reading, second: Reading, act: Act) -> Act:
    """What the second sentence of a quotation makes of the act of its first."""
    if not second.words:
        return act
    if first.clause is None and second.is_past:
        return Act.ASSERTION  # "Two minutes. She told me about the sea."
    later = _apply(utterance, second)
    return later if later in _LATER_ACTS else act


def _is_open(utterance: Utterance, first: Reading) -> bool:
    """Whether the content decides the act: behind cues that tell none, and "assures", "warns" of what is or was."""
    if utterance.cue_act in {Act.ASSERTION, Act.OPINION}:
        return True
    told = first.is_past and not first.is_future and (utterance.lemma in _ASSURING or utterance.lemma in _WARNING)
    return told or (
        utterance.lemma in _ASSURING and first.group is not None and not first.is_future and not first.infinitive
    )


_ASSURING: Final = frozenset({"assure", "reassure", "swear", "guarantee"})
_WARNING: Final = frozenset({"warn", "caution"})


def _denies_charge(utterance: Utterance) -> bool:
    """`called the allegation false`: a charge is called what no true one is."""
    lower = {word.strip("“”‘’\"'.,!").lower() for word in utterance.content.split()[:20]}
    naming = utterance.cue_act is Act.OPINION and utterance.lemma in _NAMING
    charged = not lower.isdisjoint(read_groups("charges")["charge"])
    return naming and (
        not lower.isdisjoint(read_groups("charges")["false"]) or (charged and utterance.lemma != "describe")
    )


_NAMING: Final = frozenset({"call", "brand", "label", "describe", "term", "dub"})


def _order(utterance: Utterance, reading: Reading) -> Act | None:
    """`told her to wait`, `said to pay`: an infinitive behind a cue that tells no act is what somebody shall do."""
    ordering = reading.infinitive and not utterance.is_direct and utterance.lemma in _TELLING
    return Act.DEMAND if ordering else None


_TELLING: Final = frozenset({"say", "tell", "write", "advise", "beg", "order", "instruct", "signal", "shout"})


def _apply(utterance: Utterance, reading: Reading) -> Act | None:
    return next((act for rule in _RULES if (act := rule(utterance, reading)) is not None), None)


def _question(utterance: Utterance, reading: Reading) -> Act | None:
    asked = utterance.is_direct and utterance.content.rstrip("”’\"' ").endswith("?")
    told = len(reading.words) >= _FEW or not utterance.lemma  # a turn of a conversation: "And Line 4?"
    return Act.QUESTION if asked and told else None


def _attitude(utterance: Utterance, reading: Reading) -> Act | None:
    """`he hoped to`, `it feared a delay`: the content's own verb tells the act."""
    if reading.group is None or not (reading.is_personal or "it" in reading.subject):
        return None
    verb = reading.lower[reading.group.head]
    if _is_told_of(utterance, reading, verb):
        return None
    return next((Act(act) for act, verbs in read_groups("attitude_verbs").items() if verb in verbs), None)


def _is_told_of(utterance: Utterance, reading: Reading, verb: str) -> bool:
    """`I wanted it to be wrong` is told, not wanted; `she had promised nobody a boat` denies."""
    spared = reading.negates_object and verb in read_groups("attitude_verbs")["pledge"]
    return spared or (utterance.is_direct and reading.is_past)


def _charge(utterance: Utterance, reading: Reading) -> Act | None:
    """`I accuse this ministry`, `the firm responsible`; what somebody suspects that another did."""
    others = reading.is_past and not reading.is_negated and {"i", "we"}.isdisjoint(reading.subject)
    if utterance.lemma == "suspect" and others and reading.subject != ():
        return Act.ACCUSATION
    accuses = (
        reading.group is not None and reading.lower[reading.group.head] in {"accuse", "blame"} and reading.is_personal
    )
    holds = utterance.lemma in {"hold", "find"} and reading.lower[-1:] == ("responsible",)
    return Act.ACCUSATION if accuses or holds else None


def _refusal(utterance: Utterance, reading: Reading) -> Act | None:
    """What will not be, or could not, is refused; that no harm will be done is a pledge."""
    if _stands_firm(utterance, reading):
        return Act.REFUSAL
    if _comes_late(reading) or not (reading.is_future or _could_not(reading)):
        return None
    return _refuses(utterance, reading)


def _refuses(utterance: Utterance, reading: Reading) -> Act | None:
    spares_all = _spares_all(reading)
    if spares_all and reading.verb[-1] in read_words("harm_verbs"):
        return Act.PLEDGE  # "not a single job will be lost"
    refuses = spares_all or _excludes_event(utterance, reading) or _declines(utterance, reading)
    return Act.REFUSAL if refuses else None


def _closed(utterance: Utterance, reading: Reading) -> Act | None:
    """`the road is not for sale`, `the contract stays`: nothing to be talked about."""
    del utterance
    text = " ".join(reading.lower)
    return Act.REFUSAL if any(words in text for words in _CLOSED_MATTERS) or _stays(reading) else None


def _stands_firm(utterance: Utterance, reading: Reading) -> bool:
    """`We are not paying`, `there can be no deal`, `she saw no reason to resign`."""
    text = " ".join(reading.lower)
    reasoned = "no reason to" in text and not {"think", "believe", "doubt", "suppose", "assume"} & set(reading.lower)
    silent = utterance.is_direct and (_is_not_doing(reading) or _keeps_silent(reading))
    return reasoned or "can be no" in text or silent


def _keeps_silent(reading: Reading) -> bool:
    """`I cannot discuss a patient`."""
    told = not _CANNOT.isdisjoint(reading.verb[:2]) and reading.verb[-1] in _DISCLOSING
    return told and reading.is_negated and not {"i", "we"}.isdisjoint(reading.subject)


_CANNOT: Final = frozenset({"cannot", "can't", "can", "won't"})
_DISCLOSING: Final = frozenset({"discuss", "comment", "speak", "go", "disclose", "answer", "confirm"})


_CLOSED_MATTERS: Final = (
    "not for sale", "not negotiable", "non-negotiable", "out of the question", "not up for negotiation",
    "not up for discussion", "not on the table", "no question of",
)  # fmt: skip


def _stays(reading: Reading) -> bool:
    """`the contract stays`, `it would stay open`, `they will stay where they are`: what is not given up."""
    lower = reading.lower[:_A_CLAUSE]
    if reading.lower[-1:] in {("stays",), ("stands",)}:
        return True
    staying = next((index for index, word in enumerate(lower) if word == "stay"), 0)
    put = reading.lower[staying + 1 : staying + 2] in _PUT or reading.lower[staying + 1 : staying + 3] in _KEPT
    return reading.is_future and staying > 0 and put


_KEPT: Final = {("in", "place"), ("in", "office"), ("in", "force"), ("in", "charge")}
_PUT: Final = {(word,) for word in ("where", "there", "here", "put", "open", "on", "as")} | {()}


def _is_not_doing(reading: Reading) -> bool:
    """`we are not paying`; not "I am not saying"."""
    if reading.group is None or not reading.is_negated or {"i", "we"}.isdisjoint(reading.subject):
        return False
    head = reading.words[reading.group.head]
    return head.tag == "VBG" and head.lower not in _SAYING


_SAYING: Final = frozenset({"saying", "asking", "talking", "claiming", "suggesting"})


def _comes_late(reading: Reading) -> bool:
    """`it would not be ready before May`: when it comes is expected, that it comes is not refused."""
    happens = reading.is_passive or reading.verb[-1:] in {("be",), ("come",)} or _befalls(reading)
    return reading.is_negated and happens and not _UNTIL.isdisjoint(reading.lower) and not reading.is_personal


_UNTIL: Final = frozenset({"before", "until", "till"})


def _could_not(reading: Reading) -> bool:
    return reading.is_negated and "could" in reading.verb and not reading.is_passive


def _spares_all(reading: Reading) -> bool:
    """`not a line would change`, `nothing would be moved`."""
    return reading.lower[:1] == ("not",) or not {"no", "not", "nothing"}.isdisjoint(reading.subject)


def _excludes_event(utterance: Utterance, reading: Reading) -> bool:
    """`there would be no rerun`, from somebody whose view alone it is not."""
    return reading.subject[:1] == ("there",) and reading.negates_object and utterance.cue_act is not Act.OPINION


def _declines(utterance: Utterance, reading: Reading) -> bool:
    """`she would not step down`, `she would suspend nobody`: a negated verb whose subject decides."""
    spares = reading.negates_object and (reading.is_personal or "none" in reading.lower)
    spared = reading.is_negated and reading.is_passive and not utterance.is_direct
    return spared or ((reading.is_negated or spares) and not reading.is_passive and _is_in_charge(utterance, reading))


def _is_in_charge(utterance: Utterance, reading: Reading) -> bool:
    """Whether the subject decides: a person, a body, "it" for the body reported on, or one that is not named."""
    itself = "it" in reading.subject and not utterance.is_direct
    return reading.is_personal or itself or not reading.subject or _names_body(reading) or _does(reading)


def _does(reading: Reading) -> bool:
    """`Namkhao will not let them in`: somebody named does or does not; a change that nobody makes is not done."""
    start, end = (reading.clause and reading.clause.subject) or (0, 0)
    named = any(word.tag in {"NNP", "NNS"} for word in reading.words[start:end])
    return named and reading.verb[-1] != "be" and reading.verb[-1] not in read_words("change_verbs")


def _names_body(reading: Reading) -> bool:
    heads = read_groups("organisation_heads")
    named = heads["generic"], heads["specific"], _MEMBERS
    return any(not words.isdisjoint(reading.subject) for words in named)


_MEMBERS: Final = frozenset({"members", "workers", "drivers", "farmers", "pilots", "teachers", "staff", "side"})


def _outlook(utterance: Utterance, reading: Reading) -> Act | None:
    """What will happen is a pledge where somebody will do it, else a prediction."""
    if _leaves_open(reading) or _surprises(reading):
        return Act.PREDICTION
    if not reading.is_future or _was_not_to_be(reading):
        return None
    nobodys = (
        _will_be_so(reading)
        or _comes_late(reading)
        or utterance.lemma in _RECKONING
        or _befalls(reading)
        or _is_impersonal(utterance, reading)
        or utterance.cue_act is Act.OPINION
    )
    return Act.PREDICTION if nobodys else Act.PLEDGE


def _surprises(reading: Reading) -> bool:
    """`he would be surprised to see half of that`."""
    return reading.verb[-2:] == ("be", "surprised")


def _was_not_to_be(reading: Reading) -> bool:
    """`the lot would have fetched more`: what did not come about is neither promised nor expected."""
    return "would" in reading.verb and "have" in reading.verb[:-1] and "to" not in reading.verb


def _leaves_open(reading: Reading) -> bool:
    """`it may rain`, `can open before May`."""
    if reading.group is not None and reading.lower[reading.group.end : reading.group.end + 2] == ("likely", "to"):
        return True
    able = not {"can", "cannot", "can't"}.isdisjoint(reading.verb)
    timed = not {"before", "until"}.isdisjoint(reading.lower)
    maybe = not _MAYBE.isdisjoint(reading.verb) and "have" not in reading.verb  # "might have been": what was
    return maybe or (timed and able)


_RECKONING: Final = frozenset(
    {"reckon", "estimate", "calculate", "assume", "think", "believe", "suspect", "find", "show"}
)


def _will_be_so(reading: Reading) -> bool:
    """`the ridge will be quiet`: what a thing will be, not what is done about it."""
    if reading.group is None or reading.verb[-1:] != ("be",) or reading.is_personal:
        return False
    behind = reading.words[reading.group.end : reading.group.end + 1]
    return bool(behind) and behind[0].tag == "JJ"


def _befalls(reading: Reading) -> bool:
    """`prices will rise`: a change that nobody makes."""
    changes = reading.verb != () and reading.verb[-1] in read_words("change_verbs")
    return changes and PERSONAL.isdisjoint(reading.subject)


def _is_impersonal(utterance: Utterance, reading: Reading) -> bool:
    """`there will be rain`; "it" where the speaker's own words stand, else it may be a body."""
    return "there" in reading.subject or ("it" in reading.subject and utterance.is_direct)


def _duty(utterance: Utterance, reading: Reading) -> Act | None:
    if set(reading.verb[:1]) & _DUTY:
        return Act.OPINION if "have" in reading.verb else Act.DEMAND
    if utterance.is_direct and ("please" in reading.lower or _asks(reading)):
        return Act.DEMAND
    return Act.DEMAND if utterance.is_direct and _is_imperative(reading) else None


def _asks(reading: Reading) -> bool:
    """`I ask that the books be opened`."""
    return reading.verb == ("ask",) and not {"i", "we"}.isdisjoint(reading.subject)


def _is_imperative(reading: Reading) -> bool:
    """`Open the gate`: a base form first, an object behind it, no verb of its own."""
    if len(reading.words) < _FEW or not has_tag(reading.lower[0], "VB"):
        return False
    object_pronoun = reading.lower[1] in {"him", "her", "them", "me", "us", "it"}
    return (object_pronoun or reading.words[1].tag in {"DT", "PRP$"}) and (
        reading.clause is None or reading.clause.opener != ""
    )


def _musing(utterance: Utterance, reading: Reading) -> Act | None:
    """`I would rather wait`, `I would have sold it`, `you could hear it`: quoted, it tells a view."""
    if not utterance.is_direct:
        return None
    subject = set(reading.subject)
    unreal = not {"would", "'d"}.isdisjoint(reading.verb) and not {"i", "we"}.isdisjoint(subject)
    if unreal and not {"have", "rather", "enjoy", "like", "love", "prefer"}.isdisjoint(reading.lower[:6]):
        return Act.OPINION
    anyone = not {"you", "one"}.isdisjoint(subject)
    return (
        Act.OPINION
        if anyone and not {"could", "can", "cannot", "can't", "may", "might"}.isdisjoint(reading.verb)
        else None
    )


def _judgment(utterance: Utterance, reading: Reading) -> Act | None:
    """Quoted words in the present tense without figures say what somebody thinks, but for what is seen or going on."""
    if _gives_figure(reading) or (utterance.is_direct and (_is_observed(reading) or reading.only_answers)):
        return None
    judges = {
        Quote.MIXED: utterance.quoted_share >= (_MOSTLY_TOLD if reading.is_past else _NEARLY_HALF),
        Quote.DIRECT: bool(reading.words) and not reading.is_past,
    }
    return Act.OPINION if judges.get(utterance.quote) else None


def _is_observed(reading: Reading) -> bool:
    """`we have the receipts`, `they are living with relatives`, `he is at home`: what can be looked at."""
    if reading.group is None:
        return False
    head = reading.words[reading.group.head]
    behind = reading.lower[reading.group.end : reading.group.end + 1]
    personal = reading.is_personal or "you" in reading.subject
    if head.lower in {"have", "has"}:
        return personal and not reading.is_negated and not reading.negates_object
    if head.lower in {"is", "are", "am", "'s", "'re", "'m"}:
        return behind in {("at",), ("in",), ("on",), ("here",), ("full",)}
    return head.tag == "VBG" and len(reading.verb) > 1 and not {"are", "'re"}.isdisjoint(reading.verb)


def _gives_figure(reading: Reading) -> bool:
    return any(word.tag == "CD" and word.lower not in {"one", "two"} for word in reading.words)


_Rule = Callable[[Utterance, Reading], Act | None]
_RULES: Final[tuple[_Rule, ...]] = (
    _question, _order, _musing, _charge, _attitude, _closed, read_denial, _refusal, _outlook, _duty, _judgment,
)  # fmt: skip
