"""Who gets what, generated from the permission table and the table of routes: each role, on each sort of thing."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from factcheck.claims.models import Claim, Verdict
from factcheck.corpus.models import Article, ConflictPair, Speaker
from factcheck.ledger.models import Job
from factcheck.newsroom.models import Role, User
from factcheck.newsroom.permissions import TABLE, Action, Reach
from factcheck.newsroom.routes import Asked, Door, Route
from factcheck.workbench.routes import ROUTES
from factcheck.workbench.screens.rail_counts import RailCounts
from factcheck.workbench.screens.shell import Rail
from tests.kept import kept
from tests.people import People, make_people, make_person
from tests.workbench.conftest import SignedIn
from tests.workbench.things import CASES, OF_PEOPLE, OF_WEBHOOKS, World, make_world

__all__ = ["kept"]

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]

ROLES = {"ada": Role.REPORTER, "ben": Role.REVIEWER, "lea": Role.LEAD, "amir": Role.ADMIN}
NOBODY = ("anonymous", "disabled", "root", "cleo")
# Which things of ours get their readability from an article, and which owner an act looks at.
OWNED = {"article", "claim", "verdict", "job", "comment", "statement", "token"}
# What everybody who reads on the desk may see, whatever articles are restricted.
OF_DESK = {"outlet", "desk", "scale"}
# What a right that one has leads to where the thing is not in the state that the act starts from.
LEADS_TO = {
    "workbench:claim-settle": 409,  # none of its sources has changed
    "workbench:claim-unsettle": 409,
    "workbench:retrieval-insist": 409,  # it waits for a worker
    "workbench:import-start": 409,  # it is not checked yet
    "workbench:import-resume": 409,
    "workbench:import-take-back": 409,
    "workbench:export-file": 409,  # it is not written yet
    "workbench:export-resume": 409,
    "workbench:export-remove": 409,
    "workbench:conflict-reopen": 409,
    "workbench:conflict-put-back": 409,  # nothing was taken back
    "workbench:verdict-put-back": 409,  # nothing was taken out
    "workbench:claim-reopen": 409,
    "workbench:job-cancel": 409,
    "workbench:calibration-set-aside": 409,
    "workbench:feed-change": 409,  # it was looked at only
    "workbench:feed-pause": 409,
    "workbench:feed-resume": 409,
    "workbench:feed-poll": 409,
    "workbench:person-link": 200,  # it is shown once
    "workbench:token-rotate": 200,  # its key is shown once
    "workbench:bulk-undo": 409,  # it waits for a worker
    "workbench:bulk-redo": 409,
    "workbench:article-restore": 409,
    "workbench:verdict-write": 422,  # it is submitted
    "workbench:verdict-draft": 422,
    "workbench:verdict-preview": 200,
    "workbench:claim-here": 200,
    "workbench:verdict-submit": 409,
    "workbench:approval-take-back": 409,  # nobody has approved it
    "workbench:send-back-take-back": 409,
    "workbench:comment-reopen": 409,
    "workbench:comment-restore": 409,
    "workbench:statement-merge": 409,  # a claim hangs on both
    "workbench:statement-remove": 409,
    "workbench:statement-undo": 409,
    "workbench:speaker-part": 409,
    "workbench:article-uncheck": 409,
    "workbench:assessment-take-back": 409,  # no blind assessment is asked for
    "workbench:assessments-ask": 409,  # a verdict is begun
    "workbench:assessments-withdraw": 409,
    "workbench:adjudication": 409,
    "workbench:adjudication-reopen": 409,
    "workbench:assessment": 422,
    "workbench:claim-publish": 422,  # nobody has approved it
    "workbench:claim-correct": 409,
    "workbench:claim-withdraw": 409,  # nothing is published
    "workbench:claim-start-correction": 409,
    "workbench:webhook-rotate": 200,  # the secret is shown once
    "workbench:webhook-on": 409,  # it is on
}
ON_THINGS = {name: route for name, route in ROUTES.items() if route.subject}
SUBJECTS = sorted({route.subject for route in ON_THINGS.values()})


@pytest.fixture(scope="module")
def people(kept: None) -> People:
    return make_people()


@pytest.fixture(scope="module")
def theirs(people: People) -> World:
    return make_world(people.other_desk, people.cleo)


@pytest.fixture(scope="module")
def world(people: People, theirs: World) -> World:
    """Of our desk; the other one has as much, whichever test comes first."""
    return make_world(people.desk, make_person("Olga", people.desk, Role.LEAD))


@pytest.fixture
def bare_rail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count nothing for the rail of each page: no answer hangs on it."""
    monkeypatch.setattr(Rail, "counts", RailCounts(**dict.fromkeys(RailCounts.__slots__, 0)))


def covers(role: Role, action: Action, *, own: bool) -> bool:
    reach = TABLE[action].get(role)
    return reach == Reach.DESK or (reach == Reach.OWN and own)


def expected(name: str, method: str, role: Role, case: str) -> int:
    """The exact status, from the tables alone."""
    route, (own, restricted, archived) = ROUTES[name], CASES[case]
    asked = route.asks[method]
    assert isinstance(asked, Action)
    seen = covers(role, Action.READ_RESTRICTED if restricted else Action.READ_ARTICLE, own=own)
    if route.subject == "job":
        listed = covers(role, Action.READ_JOBS, own=own) and not restricted
        seen = seen or listed or covers(role, Action.READ_WORK, own=own)
    if route.subject in ("inquiry", "retrieval", "export"):  # what one asks is nobody else's
        done = LEADS_TO.get(name, 200 if method == "GET" else 302)
        return done if own and covers(role, asked, own=own) else 404
    if route.subject in OF_DESK:
        seen = covers(role, Action.READ_ARTICLE, own=own)
    if route.subject in ("bulk", "import", "feed", "token", *OF_PEOPLE, *OF_WEBHOOKS):
        seen = covers(role, Action.READ_FEEDS if route.subject == "feed" else asked, own=own)
    # Whoever is of the desk may know that there are shadow runs and calibrations, and see its views.
    if not seen and route.subject not in ("report", "calibration", "view"):
        return 404
    reads = asked is Action.READ_ARTICLE
    if not reads and not covers(role, asked, own=own and route.subject in OWNED):
        return 403
    if asked is Action.CORRECT_STATEMENT and role is Role.REPORTER:
        return 422 if name == "workbench:statement-mend" else 409  # reviewers have begun on the article
    return leads_to(name, method, archived=archived)


def leads_to(name: str, method: str, *, archived: bool) -> int:
    """What an act answers to whoever may do it."""
    if name == "workbench:article-restore" and archived:
        return 302
    return 200 if method == "GET" else LEADS_TO.get(name, 302)


def send(client: Client, method: str, path: str, fields: dict[str, Any]) -> Any:
    """Ask, and let nothing of it stay."""
    before = transaction.savepoint()
    answer = client.get(path) if method == "GET" else client.post(path, fields)
    transaction.savepoint_rollback(before)
    return answer


def asks(subject: str) -> Iterator[tuple[str, str]]:
    return ((name, method) for name, route in ON_THINGS.items() if route.subject == subject for method in route.asks)


@pytest.mark.usefixtures("bare_rail")
@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_each_role_gets_what_the_tables_say(
    people: People, world: World, signed_in: SignedIn, subject: str, who: str
) -> None:
    person, client = getattr(people, who), signed_in(getattr(people, who))
    wrong = []
    for case in CASES:
        before = transaction.savepoint()
        world.set_up(person, case)
        for name, method in asks(subject):
            path = reverse(name, args=[world.ids[subject]])
            got = send(client, method, path, world.fields(name)).status_code
            if got != expected(name, method, ROLES[who], case):
                wrong.append((case, method, name, got, expected(name, method, ROLES[who], case)))
        transaction.savepoint_rollback(before)

    assert wrong == []


@pytest.fixture
def strangers(people: People, signed_in: SignedIn) -> dict[str, Client]:
    """A browser of each who has no business here."""
    disabled = make_person("Dora", people.desk, Role.LEAD)
    root = User.objects.create_superuser("root", password="root", name="Root", is_staff=True)
    clients = {"anonymous": Client(), "disabled": signed_in(disabled), "root": signed_in(root)}
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    return {**clients, "cleo": signed_in(people.cleo)}


@pytest.mark.usefixtures("bare_rail")
@pytest.mark.parametrize("who", NOBODY)
def test_who_has_no_business_here_gets_no_further(world: World, strangers: dict[str, Client], who: str) -> None:
    client = strangers[who]
    for name, route in ON_THINGS.items():
        for method in route.asks:
            answer = send(client, method, reverse(name, args=[world.ids[route.subject]]), world.fields(name))
            if who in ("anonymous", "disabled"):
                assert (name, answer.status_code) == (name, 302)
                assert answer.headers["Location"].startswith("/sign-in/?next="), name
            else:
                shut = 403 if who == "root" and name.startswith("admin:") else 404
                assert (name, answer.status_code) == (name, shut)


def enters(role: Role | None, asked: Asked) -> bool:
    return role is not None and (role in TABLE[asked] if isinstance(asked, Action) else asked is Door.MEMBER)


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if not route.subject])
def test_each_address_without_a_thing_asks_its_door(
    people: People, world: World, strangers: dict[str, Client], signed_in: SignedIn, name: str
) -> None:
    everybody = {**strangers, **{who: signed_in(getattr(people, who)) for who in ROLES}}
    for method, asked in ROUTES[name].asks.items():
        for who, client in everybody.items():
            answer = send(client, method, reverse(name), {})
            into = answer.headers.get("Location", "").startswith("/sign-in/?next=")
            role = Role.LEAD if who == "cleo" else ROLES.get(who)
            if asked is not Door.PUBLIC and who in ("anonymous", "disabled"):
                assert (who, into) == (who, True)
            elif asked not in (Door.SIGNED_IN, Door.PUBLIC) and not enters(role, asked):
                assert (who, answer.status_code) == (who, 403)
            else:
                assert answer.status_code in (200, 302, 409, 422), who
                assert not into


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_a_method_that_no_row_names_is_refused(people: People, world: World, signed_in: SignedIn, method: str) -> None:
    lea = signed_in(people.lea)
    for name, route in ROUTES.items():
        if method not in route.asks:
            path = reverse(name, args=[world.ids[route.subject]] if route.subject else [])
            assert (name, lea.generic(method, path).status_code) == (name, 405)


# --- Another desk's things look like nothing at all ---


def without_token(answer: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_another_desks_things_answer_byte_for_byte_as_a_random_id(
    people: People, world: World, theirs: World, signed_in: SignedIn
) -> None:
    lea = signed_in(people.lea)
    for name, route in ON_THINGS.items():
        for method in route.asks:
            found = send(lea, method, reverse(name, args=[theirs.ids[route.subject]]), theirs.fields(name))
            unknown = send(lea, method, reverse(name, args=[uuid4()]), theirs.fields(name))
            assert (name, found.status_code, unknown.status_code) == (name, 404, 404)
            assert without_token(found) == without_token(unknown), name
            odd = {header for header, _ in found.headers.items() - unknown.headers.items()}
            assert odd <= {"X-Request-ID"}, name  # each request has its own


FILTERS = [
    ("corpus_article", "outlet__id__exact", "outlet"),
    ("corpus_article", "id__exact", "article"),
    ("corpus_article", "desk__id__exact", "desk"),
    ("corpus_article", "created_by__id__exact", "person"),
    ("corpus_conflictpair", "a__article__id__exact", "article"),
    ("corpus_conflictpair", "desk", "desk"),
    ("corpus_conflictpair", "covered_by", "pair"),
    ("claims_claim", "pair__id__exact", "pair"),
    ("claims_claim", "opened_by", "person"),
    ("corpus_speaker", "id", "speaker"),
    ("corpus_speaker", "article", "article"),
    ("corpus_outlet", "desk", "desk"),
]


@pytest.mark.parametrize(("page", "name", "what"), FILTERS)
def test_a_filter_by_another_desks_id_answers_as_by_a_random_one(
    people: People, world: World, theirs: World, signed_in: SignedIn, page: str, name: str, what: str
) -> None:
    ids = {**theirs.ids, "desk": people.other_desk.pk, "person": people.cleo.pk}
    lea, path, random = signed_in(people.lea), reverse(f"admin:{page}_changelist"), uuid4()

    found = lea.get(path, {name: str(ids[what])}, follow=True)
    unknown = lea.get(path, {name: str(random)}, follow=True)

    said, nothing = without_token(found), without_token(unknown)
    assert found.status_code == unknown.status_code
    assert said.replace(str(ids[what]), "") == nothing.replace(str(random), "")
    assert "Sports desk" not in said


PROBES = [
    "created_by__password__startswith=md5",
    "desk__slug=sports",
    "outlet__desk__slug__startswith=s",
    "opened_by__username=cleo",
    "q=password",
]


@pytest.mark.parametrize("query", PROBES)
@pytest.mark.parametrize("page", ["corpus_article", "corpus_conflictpair", "claims_claim", "corpus_speaker"])
def test_lists_cannot_be_asked_about_what_they_do_not_show(
    world: World, people: People, signed_in: SignedIn, page: str, query: str
) -> None:
    answer = signed_in(people.lea).get(f"{reverse(f'admin:{page}_changelist')}?{query}")

    assert answer.status_code == (200 if query == "q=password" else 400)


# --- Fields that no form has ---

FORMS = [(name, route) for name, route in ROUTES.items() if "POST" in route.asks]
MODELS = (Article, Speaker, ConflictPair, Claim, Verdict, Job, User)
COLUMNS = sorted({column.name for model in MODELS for column in model._meta.get_fields() if hasattr(column, "attname")})


def rows() -> list[Any]:
    return [list(model._default_manager.order_by("pk").values()) for model in MODELS]


@pytest.mark.usefixtures("bare_rail")
@pytest.mark.parametrize(("name", "route"), FORMS, ids=[name for name, _ in FORMS])
def test_no_column_can_be_set_that_the_form_does_not_have(
    people: People, world: World, signed_in: SignedIn, name: str, route: Route
) -> None:
    path = reverse(name, args=[world.ids[route.subject]] if route.subject else [])
    lea, before = signed_in(people.lea), rows()
    odd = {column: "1" for column in COLUMNS if column not in route.fields}

    answer = lea.post(path, {**world.fields(name), **odd})

    assert answer.status_code == 400
    assert rows() == before


@pytest.mark.usefixtures("bare_rail")
def test_the_refusal_names_each_such_column(people: People, world: World, signed_in: SignedIn) -> None:
    lea, name = signed_in(people.lea), "workbench:verdict-write"
    path, before = reverse(name, args=[world.claim.pk]), rows()
    for column in {*COLUMNS, "__proto__", "is_staff"} - ROUTES[name].fields:
        answer = lea.post(path, {**world.fields(name), column: "1"})
        assert (column, answer.status_code) == (column, 400)
        assert f"“{column}”" in answer.content.decode()

    assert rows() == before


def test_a_field_that_comes_twice_is_refused(people: People, world: World, signed_in: SignedIn) -> None:
    path = reverse("workbench:claim-close", args=[world.claim.pk])

    answer = signed_in(people.lea).post(path, {"version": ["1", "2"]})

    assert answer.status_code == 400
    assert "came twice" in answer.content.decode()


def test_a_file_that_no_form_asks_for_is_refused(people: People, world: World, signed_in: SignedIn) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    path = reverse("workbench:claim-take", args=[world.claim.pk])

    assert signed_in(people.lea).post(path, {"file": SimpleUploadedFile("x.txt", b"x")}).status_code == 400
