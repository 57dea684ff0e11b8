"""Guidelines and scales in versions: what was judged by one stays judged by it."""

from collections.abc import Sequence

import pytest

from factcheck.claims.errors import UnfitGuideline, UnfitLink, VerdictIncomplete
from factcheck.claims.models import Claim, Rating, RatingScale, Verdict
from factcheck.claims.services.guidelines import current_guideline, revise_guidelines, revise_scale
from factcheck.claims.services.verdicts import approve_verdict, submit_verdict
from factcheck.ledger.errors import StaleVersion
from factcheck.newsroom.errors import NotAllowed
from tests.factories import NOW, make_bridge_pair, make_claim, make_draft, make_scale, make_submitted
from tests.people import People

STEPS = [
    {"label": "Right", "tone": "true", "definition": "It is so."},
    {"label": "Wrong", "tone": "false", "definition": "It is not so."},
]


@pytest.fixture
def claim(people: People) -> Claim:
    make_scale(people.desk)
    return make_claim(make_bridge_pair(people.desk, people.ada), people.ben, people.ben, people.lea)


def test_a_lead_writes_the_next_version_and_the_ones_before_stay(people: People) -> None:
    revise_guidelines(people.desk, "Two sources.", 0, people.lea, NOW)
    revise_guidelines(people.desk, "Three sources.", 1, people.lea, NOW)

    newest = current_guideline(people.desk)
    assert newest is not None
    assert (newest.number, newest.text) == (2, "Three sources.")
    assert [row.text for row in people.desk.guidelines.order_by("number")] == ["Two sources.", "Three sources."]
    assert current_guideline(people.other_desk) is None


def test_two_leads_do_not_write_the_same_version(people: People) -> None:
    revise_guidelines(people.desk, "Two sources.", 0, people.lea, NOW)

    with pytest.raises(StaleVersion):
        revise_guidelines(people.desk, "One source.", 0, people.lea, NOW)


def test_only_leads_edit(people: People, claim: Claim) -> None:
    scale = RatingScale.objects.get()
    for person in (people.ada, people.ben, people.amir, people.cleo):
        with pytest.raises(NotAllowed):
            revise_guidelines(people.desk, "Anything goes.", 0, person, NOW)
        with pytest.raises(NotAllowed):
            revise_scale(scale, STEPS, scale.version, person, NOW)


def test_guidelines_have_words_that_fit_and_plain_links(people: People) -> None:
    with pytest.raises(UnfitGuideline, match="is empty"):
        revise_guidelines(people.desk, " ", 0, people.lea, NOW)
    with pytest.raises(UnfitGuideline, match="50,001 characters"):
        revise_guidelines(people.desk, "x" * 50_001, 0, people.lea, NOW)
    with pytest.raises(UnfitLink):
        revise_guidelines(people.desk, "[x](javascript:alert(1))", 0, people.lea, NOW)


def test_a_submitted_verdict_names_the_guidelines_in_force(people: People, claim: Claim) -> None:
    revise_guidelines(people.desk, "Two sources.", 0, people.lea, NOW)
    verdict = make_submitted(claim, people.ben)
    revise_guidelines(people.desk, "Three sources.", 1, people.lea, NOW)

    approve_verdict(verdict, verdict.version, people.lea, NOW)

    kept = Verdict.objects.get().guideline
    assert kept is not None
    assert kept.number == 1


def test_the_next_version_of_a_scale_retires_the_steps_before(people: People, claim: Claim) -> None:
    verdict = make_submitted(claim, people.ben)
    scale = RatingScale.objects.get()

    following = revise_scale(scale, STEPS, scale.version, people.lea, NOW)

    assert (following.name, following.number) == (scale.name, 2)
    assert [rating.label for rating in Rating.objects.on_offer(people.desk)] == ["Right", "Wrong"]
    assert list(RatingScale.objects.in_force(people.desk)) == [following]
    kept = Verdict.objects.get(pk=verdict.pk).rating
    assert kept is not None
    assert (kept.label, kept.definition, kept.scale.number) == ("True", "It is true.", 1)
    with pytest.raises(StaleVersion):
        revise_scale(RatingScale.objects.get(number=1), STEPS, 1, people.lea, NOW)


def test_a_draft_rated_by_a_retired_step_is_rated_again_before_it_is_submitted(people: People, claim: Claim) -> None:
    verdict = make_draft(claim, people.ben)
    scale = RatingScale.objects.get()
    revise_scale(scale, STEPS, scale.version, people.lea, NOW)

    with pytest.raises(VerdictIncomplete, match="a rating of the scale as it is now"):
        submit_verdict(Verdict.objects.get(), verdict.version, people.ben, NOW)


UNFIT = [
    (STEPS[:1], "two to nine steps"),
    (STEPS * 5, "two to nine steps"),
    ([STEPS[0], STEPS[0] | {"label": "right"}], "same name"),
    ([STEPS[0], STEPS[1] | {"label": ""}], "name of a step is empty"),
    ([STEPS[0], STEPS[1] | {"definition": " "}], "definition of “Wrong” is empty"),
    ([STEPS[0], STEPS[1] | {"label": "x" * 61}], "61 characters"),
]


@pytest.mark.parametrize(("steps", "says"), UNFIT, ids=[says for _, says in UNFIT])
def test_a_scale_has_a_few_named_and_defined_steps(
    people: People, claim: Claim, steps: Sequence[dict[str, str]], says: str
) -> None:
    scale = RatingScale.objects.get()

    with pytest.raises(UnfitGuideline, match=says):
        revise_scale(scale, steps, scale.version, people.lea, NOW)

    assert Rating.objects.on_offer(people.desk).count() == 3
