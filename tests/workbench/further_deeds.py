"""The same of articles, comments, feeds, webhooks, views, speakers, outlets and statements."""

from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from factcheck.claims.models import (
    Comment,
)
from factcheck.claims.services.assignments import assign_work
from factcheck.claims.services.checks import check_article
from factcheck.claims.services.comments import edit_comment, resolve_comment
from factcheck.corpus.models import ConflictPair, Feed, Speaker, Statement
from factcheck.corpus.services.articles import archive_article
from factcheck.corpus.services.correcting import Attribution, mend_statement
from factcheck.corpus.services.feeds import Wanted, add_feed
from factcheck.corpus.services.people import merge_speakers
from factcheck.corpus.services.revising import NewText, revise_article
from factcheck.engine import Act
from factcheck.newsroom.alerts import start_alert
from factcheck.newsroom.views import NewView, save_view
from factcheck.publishing.models import WebhookEndpoint
from tests.factories import (
    BRIDGE,
    NOW,
    make_article,
    make_bridge_pair,
    make_claim,
    make_comment,
    make_pair,
    make_said,
    run_open_jobs,
)
from tests.people import People
from tests.publishing.receiving import make_webhook
from tests.workbench.deeds import BEFORE, Deed, act


def checking_an_article_in_hand(people: People) -> Deed:
    article = make_article(people.desk, people.ada)
    assign_work(article, people.ben, people.lea, BEFORE)
    return act(people.ben, "article-check", article.pk)


def taking_a_colleagues_check_back(people: People) -> Deed:
    article = make_article(people.desk, people.ada)
    check_article(article, people.ben, BEFORE)
    return act(people.lea, "article-uncheck", article.pk)


def archiving(people: People) -> Deed:
    article = make_article(people.desk, people.ada)
    return act(people.lea, "article-archive", article.pk, version=article.version)


def putting_an_archived_article_back(people: People) -> Deed:
    article = make_article(people.desk, people.ada)
    archive_article(article, article.version, people.ada, BEFORE)
    return act(people.lea, "article-restore", article.pk, version=article.version)


def mending_an_article(people: People) -> Deed:
    article = make_article(people.desk, people.ada, byline="Ann Ory")
    said: dict[str, Any] = {"title": "Bridge shut", "outlet": "", "byline": "", "published": "", "language": "de"}
    return act(people.lea, "article-edit", article.pk, version=article.version, **said)


def comment_of(people: People) -> Comment:
    """A comment that Ben wrote just now and has changed once."""
    now = timezone.now()
    comment = make_comment(make_claim(make_bridge_pair(people.desk, people.ada), people.ben), people.ben, now=now)
    edit_comment(comment, "Ask @lea.", comment.version, people.ben, now)
    return comment


def changing_a_comment(people: People) -> Deed:
    comment = comment_of(people)
    return act(people.ben, "comment-edit", comment.pk, version=comment.version, body="Ask @amir and @lea.")


def changing_a_comment_for_the_first_time(people: People) -> Deed:
    claim = make_claim(make_bridge_pair(people.desk, people.ada), people.ben)
    comment = make_comment(claim, people.ben, now=timezone.now())
    return act(people.ben, "comment-edit", comment.pk, version=comment.version, body="Whose log?")


def taking_a_comment_back(people: People) -> Deed:
    comment = comment_of(people)
    return act(people.ben, "comment-delete", comment.pk, version=comment.version, but=("mentioned_at",))


def resolving_a_comment(people: People) -> Deed:
    comment = comment_of(people)
    return act(people.lea, "comment-resolve", comment.pk, version=comment.version)


def reopening_what_a_colleague_resolved(people: People) -> Deed:
    comment = comment_of(people)
    resolve_comment(comment, comment.version, people.lea, BEFORE)
    return act(people.ben, "comment-reopen", comment.pk, version=comment.version)


def looking_at_what_changed(people: People) -> Deed:
    article = make_article(people.desk, people.ada)
    a, b = make_said(article, ("Ilse Varga", "The bridge was inspected in January"), ("Tomas Reyle", "in January"))
    claim = make_claim(make_pair(article, a, b), people.ben)
    revise_article(article, NewText(text=BRIDGE.replace("inspected in January,” M", "seen,” M")), NOW)
    run_open_jobs()
    return act(people.ben, "claim-settle", claim.pk)


def feed_of(people: People, **fields: Any) -> Feed:
    feed = add_feed("https://orla.example/feed", Wanted(), people.desk, people.lea, NOW)
    Feed.objects.update(failures=3, due_at=BEFORE, **fields)
    feed.refresh_from_db()
    return feed


def pausing_a_feed(people: People) -> Deed:
    feed = feed_of(people)
    return act(people.lea, "feed-pause", feed.pk, version=feed.version)


def resuming_a_feed_that_was_gone(people: People) -> Deed:
    feed = feed_of(people, state="paused", reason="Its server says that it is gone.")
    return act(people.lea, "feed-resume", feed.pk, version=feed.version)


def webhook_of(people: People, **fields: Any) -> WebhookEndpoint:
    webhook, _ = make_webhook(people.desk, people.lea, "https://hooks.example/", NOW)
    WebhookEndpoint.objects.update(failures=4, failing_since=BEFORE, **fields)
    webhook.refresh_from_db()
    return webhook


def switching_a_webhook_off(people: People) -> Deed:
    webhook = webhook_of(people)
    return act(people.lea, "webhook-off", webhook.pk, version=webhook.version)


def switching_on_a_webhook_that_failed(people: People) -> Deed:
    webhook = webhook_of(people, state="disabled", disabled_because="failing", disabled_at=BEFORE)
    return act(people.lea, "webhook-on", webhook.pk, version=webhook.version)


def removing_a_view_that_others_are_told_of(people: People) -> Deed:
    make_bridge_pair(people.desk, people.ada)
    view = save_view(NewView("corpus_article", "All", "", people.desk), people.lea, BEFORE)
    start_alert(view, people.ben, BEFORE)
    return act(people.lea, "view-remove", view.pk)


def saving_a_view(people: People) -> Deed:
    fields = {"page": "corpus_article", "query": "q=bridge", "name": "Bridges", "alerts": "on"}
    return Deed(people.ben, reverse("workbench:view-save"), fields)


def mending_a_speaker(people: People) -> Deed:
    speaker = make_bridge_pair(people.desk, people.ada).a.speaker
    Speaker.objects.filter(pk=speaker.pk).update(role="mayor")
    said: dict[str, Any] = {"name": "Ilse Varga-Ory", "kind": "organisation", "role": ""}
    return act(people.ben, "speaker-edit", speaker.pk, version=speaker.version, **said)


def merging_a_speaker_into_whom_another_was_merged(people: People) -> Deed:
    pair = make_bridge_pair(people.desk, people.ada)
    other = make_bridge_pair(people.desk, people.ada, "Monday", "May")
    third = Speaker.objects.create(desk=people.desk, name="I. Varga", name_key="i. varga", kind="person")
    Statement.objects.filter(pk=other.a_id).update(speaker=third)
    merge_speakers(third, pair.a.speaker, third.version, people.lea, BEFORE)
    speaker = Speaker.objects.get(pk=pair.a.speaker_id)
    return act(people.ben, "speaker-merge", speaker.pk, version=speaker.version, into=pair.b.speaker_id)


def parting_speakers(people: People) -> Deed:
    pair = make_bridge_pair(people.desk, people.ada)
    merge_speakers(pair.a.speaker, pair.b.speaker, pair.a.speaker.version, people.lea, BEFORE)
    return act(people.ben, "speaker-part", pair.a.speaker_id, version=pair.a.speaker.version)


def renaming_an_outlet(people: People) -> Deed:
    outlet = make_article(people.desk, people.ada).outlet
    assert outlet is not None
    return act(people.ben, "outlet-rename", outlet.pk, version=outlet.version, name="The Post")


def mended(people: People) -> ConflictPair:
    """A pair of which somebody has mended a side by hand."""
    pair = make_bridge_pair(people.desk, people.ada)
    mend_statement(pair.a, pair.a.version, Attribution(act=Act.DENIAL), people.lea, BEFORE)
    return pair


def removing_a_mended_statement(people: People) -> Deed:
    said = mended(people).a
    return act(people.ben, "statement-remove", said.pk, version=said.version)


def merging_statements(people: People) -> Deed:
    pair = mended(people)
    other = f"{pair.b_id}:{pair.b.version}"
    return act(people.ben, "statement-merge", pair.a_id, version=pair.a.version, other=other)


def of_a_feed(people: People) -> list[Deed]:
    """Lea pauses, resumes and pauses a feed."""
    feed = feed_of(people)
    verbs = enumerate(("feed-pause", "feed-resume", "feed-pause"), start=feed.version)
    return [act(people.lea, verb, feed.pk, version=version) for version, verb in verbs]


FURTHER_DEEDS: Final = (
    checking_an_article_in_hand,
    taking_a_colleagues_check_back,
    archiving,
    putting_an_archived_article_back,
    mending_an_article,
    changing_a_comment,
    changing_a_comment_for_the_first_time,
    taking_a_comment_back,
    resolving_a_comment,
    reopening_what_a_colleague_resolved,
    looking_at_what_changed,
    pausing_a_feed,
    resuming_a_feed_that_was_gone,
    switching_a_webhook_off,
    switching_on_a_webhook_that_failed,
    removing_a_view_that_others_are_told_of,
    saving_a_view,
    mending_a_speaker,
    merging_a_speaker_into_whom_another_was_merged,
    parting_speakers,
    renaming_an_outlet,
    removing_a_mended_statement,
    merging_statements,
)
