"""Google's own client, pointed at us: what it can ask, it gets, in the shapes that it knows."""

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import googleapiclient
import httplib2
import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

from factcheck.newsroom.models import Scope
from factcheck.publishing.gathering import address_of
from factcheck.publishing.models import Publication
from factcheck.publishing.services import withdraw_review
from tests.api.conftest import make_token
from tests.factories import NOW, make_published, publish_other_side
from tests.people import People

SEARCH, IMAGES = "/v1alpha1/claims:search", "/v1alpha1/claims:imageSearch"
DISCOVERY = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents" / "factchecktools.v1alpha1.json"
MONTHS = ("January", "February", "March", "April", "May")


class Wire:
    """What carries the client's requests to Django instead of to Google."""

    def request(
        self, uri: str, method: str = "GET", body: Any = None, headers: Any = None, **_: Any
    ) -> tuple[Any, bytes]:
        parts = urlsplit(uri)
        assert parts.netloc == "desk.example"
        answer = Client().generic(method, f"{parts.path}?{parts.query}", headers=headers)
        # As httplib2 does, which the client asks for compressed answers.
        body = gzip.decompress(answer.content) if "Content-Encoding" in answer.headers else answer.content
        return httplib2.Response({"status": str(answer.status_code), **answer.headers}), body

    def close(self) -> None:
        pass


def google() -> Any:
    """The client of `google-api-python-client`, from the discovery document that it brings; the endpoint is ours."""
    document = json.loads(DISCOVERY.read_text(encoding="utf-8"))
    options: dict[str, Any] = {"client_options": {"api_endpoint": "https://desk.example"}}
    return build_from_document(document, http=Wire(), developerKey="AIza-any", **options).claims()


def ask(**parameters: Any) -> dict[str, Any]:
    found: dict[str, Any] = google().search(**parameters).execute()
    return found


def get(query: str, path: str = SEARCH) -> Any:
    return Client().get(f"{path}?{query}")


def refused(query: str, path: str = SEARCH) -> dict[str, Any]:
    answer = get(query, path)
    error: dict[str, Any] = answer.json()["error"]
    assert answer.status_code == error["code"]
    return error


def test_googles_client_finds_a_published_review(people: People) -> None:
    publication = make_published(people)

    found = ask(query="bridge inspected")

    assert found == {
        "claims": [
            {
                "text": "The bridge was inspected in January",
                "claimant": "Ilse Varga",
                "claimDate": "2026-03-01T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "City desk", "site": "127.0.0.1"},
                        "url": f"http://127.0.0.1:8000{publication.get_absolute_url()}",
                        "title": "The log of the bridge shows it.",
                        "reviewDate": "2026-03-02T12:00:00Z",
                        "textualRating": "True",
                        "languageCode": "en",
                    }
                ],
            }
        ]
    }


def test_nothing_found_is_an_empty_answer(people: People) -> None:
    make_published(people)

    assert ask(query="flood") == {}
    assert ask(query="…") == {}


def test_what_is_withdrawn_is_not_found(people: People) -> None:
    publication = make_published(people)
    withdraw_review(publication, "In doubt.", publication.version, people.lea, NOW)

    assert ask(query="bridge") == {}


def test_the_client_pages_through_all_of_it_while_more_is_published(people: People) -> None:
    for hour, month in enumerate(MONTHS[:4]):
        make_published(people, month, NOW + timedelta(hours=hour))
    claims = google()

    request, seen = claims.search(query="bridge", pageSize=2), []
    while request is not None:
        answer = request.execute()
        seen += [claim["text"].split()[-1] for claim in answer["claims"]]
        if len(seen) == 2:
            make_published(people, MONTHS[4], NOW + timedelta(hours=9))
        request = claims.search_next(request, answer)

    assert seen == ["April", "March", "February", "January"]


def test_a_page_token_holds_for_its_own_question_only(people: People) -> None:
    for hour, month in enumerate(MONTHS[:2]):
        make_published(people, month, NOW + timedelta(hours=hour))
    token = ask(query="bridge", pageSize=1)["nextPageToken"]

    with pytest.raises(HttpError) as other:
        ask(query="inspected", pageSize=1, pageToken=token)
    with pytest.raises(HttpError) as forged:
        ask(query="bridge", pageSize=1, pageToken=token[:-2] + "xx")

    assert (other.value.status_code, forged.value.status_code) == (400, 400)


def test_offset_counts_only_without_a_token(people: People) -> None:
    for hour, month in enumerate(MONTHS[:3]):
        make_published(people, month, NOW + timedelta(hours=hour))
    token = ask(query="bridge", pageSize=1)["nextPageToken"]

    skipped = ask(query="bridge", pageSize=1, offset=2)["claims"]
    followed = ask(query="bridge", pageSize=1, offset=2, pageToken=token)["claims"]

    assert [claim["text"].split()[-1] for claim in skipped + followed] == ["January", "February"]
    assert ask(query="bridge", offset=9) == {}


@pytest.mark.parametrize(
    ("parameters", "finds"),
    [
        ({"query": "bridge", "languageCode": "en-US"}, True),
        ({"query": "bridge", "languageCode": "de"}, False),
        ({"reviewPublisherSiteFilter": "127.0.0.1"}, True),
        ({"reviewPublisherSiteFilter": "www.127.0.0.1"}, True),
        ({"reviewPublisherSiteFilter": "nytimes.com"}, False),
        ({"query": "bridge", "maxAgeDays": 1}, False),
        ({"query": "bridge", "maxAgeDays": 0}, True),
        ({"query": "bridge", "maxAgeDays": 100_000}, True),
        ({"query": "bridge", "pageSize": 1_000}, True),
        ({"query": "Varga January"}, True),
    ],
)
def test_each_parameter_narrows_as_googles_does(people: People, parameters: dict[str, Any], finds: bool) -> None:
    make_published(people)

    assert bool(ask(**parameters)) is finds


def test_a_new_review_of_an_old_claim_is_young(people: People) -> None:
    make_published(people, now=timezone.now())

    assert ask(query="bridge", maxAgeDays=1)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "query"),
        ("languageCode=en", "query"),
        ("query=x&nonsense=1", "nonsense"),
        ("query=x&pageSize=-1", "pageSize"),
        ("query=x&pageSize=ten", "pageSize"),
        ("query=x&offset=-5", "offset"),
        ("query=x&offset=%D9%A3", "offset"),
        ("query=x&maxAgeDays=99999999999", "maxAgeDays"),
        ("query=x&pageToken=nonsense", "pageToken"),
        ("query=x&callback=alert", "callback"),
        ("query=x&alt=proto", "alt"),
        ("query=x&prettyPrint=perhaps", "prettyPrint"),
        ("query=x&fields=claims(", "fields"),
        ("query=x&query=y", "query"),
    ],
)
def test_what_cannot_be_read_is_refused_in_googles_shape(db: None, query: str, field: str) -> None:
    error = refused(query)

    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert error["details"][0]["fieldViolations"][0]["field"] == field


def test_the_client_reads_a_refusal(db: None) -> None:
    with pytest.raises(HttpError, match="Either query or reviewPublisherSiteFilter"):
        ask()


def test_common_parameters_are_taken(people: People) -> None:
    make_published(people)
    common = "alt=json&quotaUser=me&%24.xgafv=1&access_token=x&oauth_token=y&key=AIza-unknown&uploadType=media"

    plain, short = get(f"query=bridge&{common}"), get("query=bridge&prettyPrint=false")

    assert plain.status_code == 200
    assert plain.json() == short.json()
    assert plain.content.count(b"\n") > 5
    assert short.content.count(b"\n") == 1
    assert get("query=bridge&page_size=1&language_code=en").json() == plain.json()


def test_fields_choose_parts_of_an_answer(people: People) -> None:
    make_published(people)

    found = get("query=bridge&fields=claims(text,claimReview/textualRating),nextPageToken").json()

    assert found == {
        "claims": [{"text": "The bridge was inspected in January", "claimReview": [{"textualRating": "True"}]}]
    }


def test_extensions_are_said_only_when_asked_for(people: People) -> None:
    publication = make_published(people)

    claim = get("query=bridge&extensions=true").json()["claims"][0]

    assert claim["factcheck"]["id"] == str(publication.pk)
    assert claim["factcheck"]["quote"] == "The bridge was inspected in January"
    assert "factcheck" not in ask(query="bridge")["claims"][0]


def test_each_side_of_a_conflict_is_told_what_stands_against_it_now(people: People) -> None:
    first = make_published(people)
    second = publish_other_side(first, people)
    asked = f"query={quote(first.text)}&extensions=true"

    both = {claim["text"]: claim["factcheck"] for claim in get(asked).json()["claims"]}
    withdraw_review(second, "The log was another bridge's.", second.version, people.lea, NOW)
    (alone,) = get(asked).json()["claims"]

    assert both[first.text]["contradicts"] == [address_of(second.slug)]
    assert both[second.text]["contradicts"] == [address_of(first.slug)]
    assert "contradicts" not in alone["factcheck"]


def test_what_no_view_sees_is_refused_in_googles_shape(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = get("query=a%00b")
    monkeypatch.setattr("factcheck.api.claims_search.matching", _stop)
    client = Client(raise_request_exception=False)
    ours = client.get(f"{SEARCH}?query=bridge")

    assert (damaged.status_code, damaged.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert (ours.status_code, ours.json()["error"]["status"]) == (500, "INTERNAL")


def _stop(*_: Any) -> Any:
    raise RuntimeError("a fault of ours")


def test_no_image_is_known(people: People) -> None:
    make_published(people)

    assert google().imageSearch(imageUri="https://example.org/a.png").execute() == {}
    assert refused("languageCode=en", IMAGES)["status"] == "INVALID_ARGUMENT"
    assert refused("imageUri=file:///etc/passwd", IMAGES)["status"] == "INVALID_ARGUMENT"


def test_other_addresses_and_methods_are_refused_in_googles_shape(db: None) -> None:
    assert Client().get("/v1alpha1/pages").json()["error"]["status"] == "NOT_FOUND"
    assert Client().post(f"{SEARCH}?query=x").status_code == 405


def test_who_asks_too_often_waits(db: None, settings: LazySettings) -> None:
    settings.API_RATE = 2
    answers = [get("query=x") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["error"]["status"] == "RESOURCE_EXHAUSTED"
    assert answers[-1].headers["Retry-After"]


def test_a_key_of_ours_is_counted_on_its_own(people: People, settings: LazySettings) -> None:
    settings.API_RATE = 1
    _, key = make_token(people.lea, people.desk, Scope.READ)
    get("query=x")

    assert get("query=x").status_code == 429
    assert get(f"query=x&key={key}").status_code == 200


@pytest.mark.thorough
def test_more_reviews_ask_no_more_questions(people: People, django_assert_max_num_queries: Any) -> None:
    for month in MONTHS:
        make_published(people, month)

    with django_assert_max_num_queries(2):
        get("query=bridge&pageSize=5&extensions=true")
    assert Publication.objects.count() == 5
