from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from factcheck.ledger.models import AuditEntry, AuditPayload
from factcheck.newsroom.errors import NotAllowed, UnfitToken
from factcheck.newsroom.models import AccessToken, Membership, Role, Scope
from factcheck.newsroom.tokens import NewToken, create_token, find_token, revoke_token, rotate_token
from tests.factories import NOW
from tests.people import People

WIRE = NewToken("wire", [Scope.INGEST, Scope.DESK])


def test_a_lead_makes_tokens_of_which_only_a_digest_is_kept(people: People) -> None:
    token, key = create_token(WIRE, people.desk, people.lea, NOW)
    other, _ = create_token(WIRE, people.desk, people.lea, NOW)

    kept = [str(value) for row in AccessToken.objects.values() for value in row.values()]
    said = [str(payload.body) for payload in AuditPayload.objects.all()]
    assert find_token(key, NOW) == token != other
    assert token.scopes == ["desk", "ingest"]
    assert not [value for value in kept + said if key in value]
    assert AuditEntry.objects.filter(verb="create_token", actor=people.lea).count() == 2


@pytest.mark.parametrize("who", ["ada", "ben", "cleo"])
def test_who_may_not_make_tokens(people: People, who: str) -> None:
    with pytest.raises(NotAllowed):
        create_token(WIRE, people.desk, getattr(people, who), NOW)


def test_an_expired_revoked_or_orphaned_token_opens_nothing(people: People) -> None:
    token, key = create_token(WIRE, people.desk, people.lea, NOW)

    assert find_token(key, NOW + timedelta(days=90)) is None
    people.lea.is_active = False
    people.lea.save()
    assert find_token(key, NOW) is None
    people.lea.is_active = True
    people.lea.save()
    revoke_token(token, people.lea, NOW)
    revoke_token(token, people.lea, NOW)
    assert find_token(key, NOW) is None
    assert AuditEntry.objects.filter(verb="revoke_token").count() == 1


def test_a_new_key_lets_the_old_one_go_on_for_a_while(people: People) -> None:
    token, old = create_token(WIRE, people.desk, people.lea, NOW)
    day = timedelta(days=1)

    new = rotate_token(token, day, people.lea, NOW)

    assert find_token(new, NOW + 2 * day) == find_token(old, NOW + day / 2) == token
    assert find_token(old, NOW + day) is None
    newest = rotate_token(token, timedelta(), people.lea, NOW)
    assert (find_token(old, NOW), find_token(new, NOW), find_token(newest, NOW)) == (None, None, token)
    assert not [payload for payload in AuditPayload.objects.all() if newest in str(payload.body)]
    with pytest.raises(UnfitToken):
        rotate_token(token, timedelta(days=31), people.lea, NOW)
    with pytest.raises(NotAllowed):  # it would act as Lea
        rotate_token(token, day, people.amir, NOW)
    revoke_token(token, people.amir, NOW)
    assert find_token(newest, NOW) is None
    with pytest.raises(UnfitToken):
        rotate_token(token, day, people.lea, NOW)


def test_administration_revokes_any_and_leads_their_own(people: People) -> None:
    of_amir, _ = create_token(WIRE, people.desk, people.amir, NOW)
    of_lea, _ = create_token(WIRE, people.desk, people.lea, NOW)

    for token, who in ((of_amir, people.lea), (of_lea, people.cleo), (of_lea, people.ben)):
        with pytest.raises(NotAllowed):
            revoke_token(token, who, NOW)
    revoke_token(of_lea, people.amir, NOW)
    assert of_lea.revoked_at == NOW


@pytest.mark.parametrize(
    "new",
    [
        NewToken(" ", [Scope.READ]),
        NewToken("x" * 81, [Scope.READ]),
        NewToken("wire", []),
        NewToken("wire", [Scope.READ], timedelta()),
        NewToken("wire", [Scope.READ], timedelta(days=400)),
    ],
)
def test_an_unfit_token_is_refused(people: People, new: NewToken) -> None:
    with pytest.raises(UnfitToken):
        create_token(new, people.desk, people.lea, NOW)


def test_tokens_are_made_listed_and_revoked_by_command(people: People) -> None:
    out, said = StringIO(), StringIO()
    call_command(
        *("token", "create", "wire", "--by", "lea", "--desk", "city", "--scope", "ingest"), stdout=out, stderr=said
    )
    token = find_token(out.getvalue().strip(), timezone.now())
    assert token is not None
    assert str(token.pk) in said.getvalue()

    listed = StringIO()
    call_command("token", "list", stdout=listed)
    assert "wire" in listed.getvalue()
    call_command("token", "revoke", str(token.pk), "--by", "amir", stdout=StringIO())
    assert find_token(out.getvalue().strip(), timezone.now()) is None


@pytest.mark.parametrize(
    "words",
    [
        ("create", "wire", "--by", "nobody", "--desk", "city"),
        ("create", "wire", "--by", "lea", "--desk", "nowhere"),
        ("create", "wire", "--by", "ada", "--desk", "city"),
        ("revoke", "00000000-0000-7000-8000-000000000000", "--by", "lea"),
    ],
)
def test_the_command_says_what_is_wrong(people: People, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("token", *words, stdout=StringIO(), stderr=StringIO())


def test_a_tokens_owner_has_the_roles_of_its_desk_and_of_no_other(people: People) -> None:
    Membership.objects.create(user=people.lea, desk=people.desk, role=Role.ADMIN)
    Membership.objects.create(user=people.lea, desk=people.other_desk, role=Role.REPORTER)
    _, key = create_token(WIRE, people.desk, people.lea, NOW)
    _, other_key = create_token(WIRE, people.desk, people.amir, NOW)
    Membership.objects.filter(user=people.amir).delete()

    token, orphan = find_token(key, NOW), find_token(other_key, NOW)

    assert token is not None
    assert orphan is not None
    assert token.user.roles == {people.desk.pk: frozenset({Role.LEAD, Role.ADMIN})}
    assert orphan.user.roles == {}
