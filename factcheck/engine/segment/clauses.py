"""Which subject belongs to which finite verb: one pass over a sentence's chunks with a stack of open clauses.

The method is that of Abney's (1996) finite-state cascades, cut to what attributions need: main, complement, relative,
adverbial and coordinated clauses, shared subjects, and clauses put after a comma ("It was late, she said").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ..lexicon import read_words
from .finiteness import is_finite, may_be_noun, may_be_participle, may_be_past
from .lookahead import leads_clause
from .openings import Clause, OpenClauses, cue_length, takes_bare_clause
from .phrases import FINITE, VerbGroup, is_time_phrase, noun_phrase_end, quantifier_end, verb_group
from .words import Word

_DASHES: Final = frozenset({"—", "–", "--", "-"})
_LOOKAHEAD: Final = 30
_NEAR: Final = 8


def find_clauses(words: Sequence[Word]) -> list[Clause]:
    """The clauses of a sentence that have a finite verb, in the order of their verbs; other verbs are in `others`."""
    return _Builder(words).build()


class _Builder(OpenClauses):
    """The pass, word by word."""

    def build(self) -> list[Clause]:
        index = 0
        while index < len(self.words):
            index = self._step(index)
        self._promote_participles()
        return self.found

    def _step(self, index: int) -> int:
        word = self.words[index]
        if word.tag == "QUOTE" or word.text in {";", ":"}:
            self._restart(index + 1)
        elif word.text == "," or word.text in _DASHES:
            self._pause(index)
        elif word.text == "(":
            return self._skip_brackets(index)
        elif word.tag == "CC":
            self.conjunction = index
            self.phrases = []
            self.pending = None
        else:
            return self._step_inside(index)
        return index + 1

    def _step_inside(self, index: int) -> int:
        if self._opens_clause(index):
            return self._open_clause(index)
        group = verb_group(self.words, index)
        if self._is_preposition(index, group):
            return self._skip_prepositional(index)
        if group is not None and is_finite(self, group):
            self._add_verb(group)
            return group.end
        end = noun_phrase_end(self.words, index)
        if end > index:
            self._add_phrase(index, end)
            return end
        if group is not None:
            self._owner_of(group).others.append(group)
            return group.end
        return index + 1

    def _promote_participles(self) -> None:
        """A clause left without a verb takes a form that can be past: "The union's head, Ana Lima, accused ..."."""
        for clause in self.open:
            if clause.verb is None and clause.subject is not None and clause.kind in {"main", "coordinate"}:
                verb = next((v for v in clause.others if v.form == "participle" and may_be_past(self, v.head)), None)
                if verb is not None:
                    clause.verb = replace(verb, form="finite")
                    self.found.append(clause)
        self.found.sort(key=lambda clause: clause.verb.start if clause.verb else 0)

    def _owner_of(self, group: VerbGroup) -> Clause:
        """The clause a non-finite verb hangs on: after "..., she said, adding" the reporting clause."""
        last = self.found[-1] if self.found else None
        if last is not None and last.verb is not None and last.trailing and group.form == "gerund":
            near = self.words[group.start - 1].text == "," and group.start - last.verb.end <= _NEAR
            return last if near else self.open[-1]
        return self.open[-1]

    def _restart(self, start: int) -> None:
        self._promote_participles()
        self.open = [Clause("main", "", start)]
        self.phrases = []
        self.comma = self.conjunction = -1
        self.since_verb = []

    def _pause(self, index: int) -> None:
        self.comma = index
        if self.conjunction >= 0 and self.phrases and self.phrases[0][0] == self.conjunction + 1:
            self.pending = self.phrases[0]
        self.phrases = []
        self._close_complete()

    def _close_complete(self) -> None:
        """Leave clauses that have their verb while one above still waits for its own."""
        if any(clause.verb is None for clause in self.open[:-1]) and self.open[-1].verb is not None:
            while self.open[-1].verb is not None:
                self.open.pop()

    def _is_preposition(self, index: int, group: VerbGroup | None) -> bool:
        if self.words[index].tag == "TO":
            return group is None
        return self.words[index].tag == "IN" and quantifier_end(self.words, index) == index

    def _skip_brackets(self, index: int) -> int:
        for ahead in range(index + 1, min(len(self.words), index + _LOOKAHEAD)):
            if self.words[ahead].text == ")":
                return ahead + 1
        return index + 1

    def _skip_prepositional(self, index: int) -> int:
        following = index + 1
        if following < len(self.words) and self.words[following].tag not in {"PU", "QUOTE"}:
            return max(following, noun_phrase_end(self.words, following))
        return following

    def _opens_clause(self, index: int) -> bool:
        word = self.words[index]
        if word.tag in {"WH", "WRB"}:
            return True
        if word.lower == "that" and word.tag == "DT":
            return (
                index > 0
                and self.words[index - 1].tag not in {"IN", "CC", "PU"}
                and leads_clause(self.words, index + 1)
            )
        if word.tag not in {"IN", "RB"} or word.lower not in read_words("subordinators"):
            return False
        return word.lower in {"that", "whether"} or leads_clause(self.words, index + 1)

    def _open_clause(self, index: int) -> int:
        """Open the clause that a word introduces; where to go on: "whose" takes the phrase behind it along."""
        word, top = self.words[index], self.open[-1]
        clause = Clause(self._kind_of_opening(index), word.lower, index, top)
        if clause.kind == "relative":
            clause.subject = clause.antecedent = self.phrases[-1] if self.phrases else top.subject
            clause.after_comma = self.comma >= 0 and bool(self.phrases)
        self.open.append(clause)
        self.phrases = []
        return max(index + 1, noun_phrase_end(self.words, index + 1)) if word.lower == "whose" else index + 1

    def _kind_of_opening(self, index: int) -> str:
        word = self.words[index]
        if word.tag == "WH" and index > 0 and self.words[index - 1].tag not in FINITE:
            return "relative"
        return "adverbial" if word.tag == "IN" and word.lower not in _COMPLEMENTIZERS else "complement"

    def _add_phrase(self, start: int, end: int) -> None:
        if is_time_phrase(self.words, start, end):
            return
        top = self.open[-1]
        first = top.kind == "relative" and not self.phrases
        if top.verb is None and (first or top.subject is None):
            top.subject = (start, end)
        elif top.verb is None and self._is_object_relative(start):
            self.open.append(Clause("relative", "", start, top, (start, end)))
        self.phrases.append((start, end))
        self.since_verb.append((start, end))

    def _is_object_relative(self, start: int) -> bool:
        """Whether a phrase right after another opens a relative clause without a pronoun: "the answer they got"."""
        before, word = self.words[start - 1], self.words[start]
        return before.tag in {"NN", "NNS"} and word.tag in {"PRP", "DT", "PRP$"} and leads_clause(self.words, start)

    def _add_verb(self, group: VerbGroup) -> None:
        clause = self._clause_for(group)
        clause.verb = group
        self.found.append(clause)
        self.phrases = []
        self.comma = self.conjunction = -1
        self.pending = None
        self.since_verb = []

    def _clause_for(self, group: VerbGroup) -> Clause:
        """The clause a finite verb belongs to: one between commas, one that is open, or a new one."""
        return (
            self._parenthesis(group)
            or self._open_for_verb()
            or self._joined_within(group)
            or self._waiting_above()
            or self._new_clause(group)
        )

    def _joined_within(self, group: VerbGroup) -> Clause | None:
        """`Lima, who paints and sells boats, says`: a second verb of a relative clause before its comma."""
        top = self.open[-1]
        apart = top.kind == "relative" and self.words[top.start - 1].text == ","
        if not apart or self.comma >= 0 or self.phrases or self.conjunction != group.start - 1:
            return None
        clause = replace(top, verb=None, shared=True, others=[])
        self.open[-1] = clause
        return clause

    def _open_for_verb(self) -> Clause | None:
        """The innermost clause where it has no verb yet; an adverbial one without a subject takes none."""
        top = self.open[-1]
        able = top.subject is not None or len(self.open) == 1 or top.kind != "adverbial"
        return top if top.verb is None and able else None

    def _waiting_above(self) -> Clause | None:
        """A clause further out whose subject waits: the relative clause between them is over."""
        waiting = next((clause for clause in reversed(self.open) if clause.awaits_verb), None)
        if waiting is None or (self.comma >= 0 and self.phrases):
            return None
        while self.open[-1] is not waiting:
            self.open.pop()
        return waiting

    def _new_clause(self, group: VerbGroup) -> Clause:
        if self.conjunction >= 0:
            return self._coordinated(group)
        if self.phrases:
            return self._after_comma(group) if self.comma >= 0 else self._zero_complement()
        return self._taken_back(group) or self._told_of_antecedent() or self._resumed(group)

    def _parenthesis(self, group: VerbGroup) -> Clause | None:
        """A reporting clause that interrupts another between commas: "The mayor, her office says, offered ..."."""
        if not self._is_parenthesis(group):
            return None
        subject = self.phrases[-1]
        if self.open[-1].subject == subject:
            self.open[-1].subject = None
        return Clause("main", "", subject[0], None, subject, trailing=True)

    def _is_parenthesis(self, group: VerbGroup) -> bool:
        length = cue_length(self.words, group.head)
        if self.comma < 0 or not self.phrases or not length:
            return False
        start, end = self.phrases[-1]
        after = group.head + length
        closed = after >= len(self.words) or self.words[after].text in {",", "."}
        return closed and start == self.comma + 1 and group.start - end <= 1

    def _coordinated(self, group: VerbGroup) -> Clause:
        """A clause after "and": with a subject of its own, or with that of a clause before it."""
        own = self.phrases[-1] if self.phrases else self.pending
        if self.comma >= 0 and (own or cue_length(self.words, group.head)):
            self._close_to_main()
        top = self.open[-1]
        subject = own or top.subject
        clause = Clause("coordinate", "and", own[0] if own else group.start, top.parent, subject, shared=own is None)
        self.open[-1] = clause
        return clause

    def _close_to_main(self) -> None:
        while len(self.open) > 1 and self.open[-1].kind not in {"main", "coordinate"}:
            self.open.pop()

    def _after_comma(self, group: VerbGroup) -> Clause:
        self._close_to_main()
        subject = self.phrases[-1]
        clause = Clause("main", "", subject[0], None, subject, trailing=True)
        self.open = [clause]
        return clause

    def _zero_complement(self) -> Clause:
        subject = self.phrases[-1]
        clause = Clause("complement", "", subject[0], self.open[-1], subject)
        self.open.append(clause)
        return clause

    def _told_of_antecedent(self) -> Clause | None:
        """`said the firm that had not paid was gone`: the relative clause is about the subject of what is said."""
        relative = self.open[-1]
        above = relative.parent
        if relative.kind != "relative" or relative.after_comma or relative.antecedent is None or self.comma >= 0:
            return None
        if above is None or above.verb is None or above.verb.start > relative.start:
            return None
        if not takes_bare_clause(self.words[above.verb.head]):
            return None
        clause = Clause("complement", "", relative.antecedent[0], above, relative.antecedent)
        self.open[-1] = clause
        return clause

    def _apposed_subject(self, group: VerbGroup) -> tuple[int, int] | None:
        """`..., its lawyer, Ana Lima, announced`: the first phrase behind a comma, when commas close in on a cue."""
        if self.words[group.start - 1].text != "," or not cue_length(self.words, group.head):
            return None
        return next((phrase for phrase in self.since_verb if self.words[phrase[0] - 1].text == ","), None)

    def _taken_back(self, group: VerbGroup) -> Clause | None:
        """The clause whose verb was none: a participle ("a barge moored at the pier had sunk") or a noun."""
        top = self.open[-1]
        if self.comma >= 0 or top.after_comma or top.verb is None:
            return None
        if not (may_be_participle(self, top) or may_be_noun(self, top, group)):
            return None
        self.found.remove(top)
        top.others.append(top.verb)
        return top

    def _resumed(self, group: VerbGroup) -> Clause:
        """No subject is left: that of a relative clause before, of an apposition, or none."""
        top = self.open[-1]
        resumes = top.after_comma and self.comma < 0
        subject = top.antecedent if resumes else self._apposed_subject(group)
        start = subject[0] if subject is not None else group.start
        clause = Clause("main", "", start, None, subject, trailing=self.comma >= 0 or subject is not None)
        self.open = [clause]
        return clause


_COMPLEMENTIZERS: Final = frozenset({"that", "whether", "if"})
