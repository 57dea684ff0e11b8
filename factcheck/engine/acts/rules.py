"""The act of an utterance.

The classes follow Searle (1976), cut to what desks need; the rules read the cue's default act and the first
clauses of the content.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final

from ..annotations import Act, Quote
from ..lexicon import has_tag, read_groups, read_words
from .reading import PERSONAL, Reading, Utterance, read_sentences

_FEW: Final = 3
_NEARLY_HALF: Final = 0.4
_MOSTLY: Final = 0.5
_MAYBE: Final = frozenset({"may", "might", "could"})
_DUTY: Final = frozenset({"must", "should", "ought"})
_LATER_ACTS: Final = frozenset({Act.PREDICTION, Act.REFUSAL, Act.DENIAL})


def classify_act(utterance: Utterance) -> Act:
    """The act of an utterance; the cue's own where it is telling, else what the content shows."""
    if utterance.cue_act not in {Act.ASSERTION, Act.OPINION}:
        return utterance.cue_act
    first, second = read_sentences(utterance.content)
    act = _apply(utterance, first) or utterance.cue_act
    if act is Act.OPINION and utterance.is_direct and second.words:
        later = _apply(utterance, second)
        return later if later in _LATER_ACTS else act
    return act


def _apply(utterance: Utterance, reading: Reading) -> Act | None:
    return next((act for rule in _RULES if (act := rule(utterance, reading)) is not None), None)


def _question(utterance: Utterance, reading: Reading) -> Act | None:
    asked = utterance.content.rstrip("”’\"' ").endswith("?")
    return Act.QUESTION if asked and utterance.is_direct and len(reading.words) >= _FEW else None


def _attitude(utterance: Utterance, reading: Reading) -> Act | None:
    """`he hoped to`, `it feared a delay`: the content's own verb tells the act."""
    del utterance
    if reading.group is None or not (reading.is_personal or "it" in reading.subject):
        return None
    verb = reading.lower[reading.group.head]
    return next((Act(act) for act, verbs in read_groups("attitude_verbs").items() if verb in verbs), None)


def _denial(utterance: Utterance, reading: Reading) -> Act | None:
    """What is denied is not, or was not: what will not be is refused or expected."""
    if _denies_the_kind(reading):
        return Act.DENIAL
    if reading.is_future:
        return None
    mostly_quoted = utterance.quote is Quote.MIXED and utterance.quoted_share > _MOSTLY
    denies = _says_never(reading) or (not mostly_quoted and any(denies(reading) for denies in _DENIALS))
    return Act.DENIAL if denies else None


def _denies_the_kind(reading: Reading) -> bool:
    """`no such order was given`, `no threat of any kind`."""
    of_any_kind = "no" in reading.lower and " of any kind" in " ".join(reading.lower)
    return of_any_kind or ("no", "such") in pairwise(reading.lower[:8])


def _says_never(reading: Reading) -> bool:
    """`he never met them`."""
    return "never" in reading.verb or ("never" in reading.lower[:8] and reading.is_personal)


def _denies_deed(reading: Reading) -> bool:
    """`no order was given`."""
    return reading.subject[:1] == ("no",) and reading.is_passive


def _denies_existence(reading: Reading) -> bool:
    """`there is no plan`, of things that are mostly denied."""
    absent = reading.subject[:1] == ("there",) and "no" in reading.lower[:5]
    return absent and not read_words("denied_nouns").isdisjoint(reading.lower)


def _denies_own_deed(reading: Reading) -> bool:
    """`we paid nobody`."""
    return not {"i", "we"}.isdisjoint(reading.subject) and reading.negates_object and reading.is_past


_DENIALS: Final = (_denies_deed, _denies_existence, _denies_own_deed)


def _refusal(utterance: Utterance, reading: Reading) -> Act | None:
    """What will not be, or could not, is refused; that no harm will be done is a pledge."""
    if not (reading.is_future or _could_not(reading)):
        return None
    spares_all = _spares_all(reading)
    if spares_all and reading.verb[-1] in read_words("harm_verbs"):
        return Act.PLEDGE  # "not a single job will be lost"
    refuses = spares_all or _excludes_event(utterance, reading) or _declines(utterance, reading)
    return Act.REFUSAL if refuses else None


def _could_not(reading: Reading) -> bool:
    return reading.is_negated and "could" in reading.verb


def _spares_all(reading: Reading) -> bool:
    """`not a line would change`, `nothing would be moved`."""
    return reading.lower[:1] == ("not",) or not {"no", "not", "nothing"}.isdisjoint(reading.subject)


def _excludes_event(utterance: Utterance, reading: Reading) -> bool:
    """`there would be no rerun`, from somebody whose view alone it is not."""
    return reading.subject[:1] == ("there",) and reading.negates_object and utterance.cue_act is not Act.OPINION


def _declines(utterance: Utterance, reading: Reading) -> bool:
    """`she would not step down`: a negated verb whose subject decides."""
    return reading.is_negated and _is_in_charge(utterance, reading)


def _is_in_charge(utterance: Utterance, reading: Reading) -> bool:
    """Whether the subject decides: a person, a body, "it" for the body reported on, or one that is left out."""
    itself = "it" in reading.subject and not utterance.is_direct
    return reading.is_personal or itself or not reading.subject or _names_body(reading)


def _names_body(reading: Reading) -> bool:
    return not read_groups("organisation_heads")["generic"].isdisjoint(reading.subject)


def _outlook(utterance: Utterance, reading: Reading) -> Act | None:
    """What will happen is a pledge where somebody will do it, else a prediction."""
    if _leaves_open(reading):
        return Act.PREDICTION
    if not reading.is_future:
        return None
    nobodys = _befalls(reading) or _is_impersonal(utterance, reading) or utterance.cue_act is Act.OPINION
    return Act.PREDICTION if nobodys else Act.PLEDGE


def _leaves_open(reading: Reading) -> bool:
    """`it may rain`, `can open before May`."""
    able = not {"can", "cannot", "can't"}.isdisjoint(reading.verb)
    timed = not {"before", "until"}.isdisjoint(reading.lower)
    return not _MAYBE.isdisjoint(reading.verb) or (timed and able)


def _befalls(reading: Reading) -> bool:
    """`prices will rise`: a change that nobody makes."""
    return reading.verb[-1] in read_words("change_verbs") and PERSONAL.isdisjoint(reading.subject)


def _is_impersonal(utterance: Utterance, reading: Reading) -> bool:
    """`there will be rain`; "it" where the speaker's own words stand, else it may be a body."""
    return "there" in reading.subject or ("it" in reading.subject and utterance.is_direct)


def _duty(utterance: Utterance, reading: Reading) -> Act | None:
    if set(reading.verb[:1]) & _DUTY:
        return Act.DEMAND
    return Act.DEMAND if utterance.is_direct and _is_imperative(reading) else None


def _is_imperative(reading: Reading) -> bool:
    """`Open the gate`: a base form first, an object behind it, no verb of its own."""
    if len(reading.words) < _FEW or not has_tag(reading.lower[0], "VB"):
        return False
    return reading.words[1].tag in {"DT", "PRP$"} and (reading.clause is None or reading.clause.opener != "")


def _judgment(utterance: Utterance, reading: Reading) -> Act | None:
    """Quoted words in the present tense without figures say what somebody thinks."""
    if _gives_figure(reading):
        return None
    judges = {
        Quote.MIXED: utterance.quoted_share >= _NEARLY_HALF,
        Quote.DIRECT: bool(reading.words) and not reading.is_past,
    }
    return Act.OPINION if judges.get(utterance.quote) else None


def _gives_figure(reading: Reading) -> bool:
    return any(word.tag == "CD" and word.lower not in {"one", "two"} for word in reading.words)


_Rule = Callable[[Utterance, Reading], Act | None]
_RULES: Final[tuple[_Rule, ...]] = (_question, _attitude, _denial, _refusal, _outlook, _duty, _judgment)
