from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.corpus.models import Feed
from factcheck.corpus.services.feeds import (
    Wanted,
    change_feed,
    end_subscription,
    import_feeds,
    look_at,
    pause_feed,
    poll_now,
    resume_feed,
    subscribe,
    take_back_pause,
    take_back_resuming,
)
from factcheck.ledger.errors import Refusal
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.permissions import Action, require_somewhere
from factcheck.workbench.forms import BackForm, VersionForm
from factcheck.workbench.forms_feeds import FeedForm, ListForm, LookForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.feeds import feed_for, feeds_for, opml_of
from factcheck.workbench.undo import remember, way_back


@require_safe
def show_all(request: DeskRequest) -> HttpResponse:
    """The desk's feeds: the last result, the next poll, what fails and why."""
    require_somewhere(request.user, Action.READ_FEEDS)
    return _list(request, LookForm(person=request.user))


@require_POST
def look(request: DeskRequest) -> HttpResponse:
    """Have a look at what an address gives; a refusal keeps what was typed."""
    require_somewhere(request.user, Action.EDIT_FEED)
    form = LookForm(request.POST, person=request.user)
    if not form.is_valid():
        return _list(request, form)
    try:
        return redirect(look_at(form.cleaned_data["url"], form.cleaned_data["desk"], request.user, timezone.now()))
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error("url", str(refusal))
        return _list(request, form)


@require_POST
def take_list(request: DeskRequest) -> HttpResponse:
    """Subscribe to all feeds of an OPML list, and say what became of each."""
    require_somewhere(request.user, Action.EDIT_FEED)
    form = ListForm(request.POST, request.FILES, person=request.user)
    if not form.is_valid():
        return _list(request, LookForm(person=request.user), form)
    content = form.cleaned_data["file"].read()
    try:
        imported = import_feeds(content, Wanted(), form.cleaned_data["desk"], request.user, timezone.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error("file", str(refusal))
        return _list(request, LookForm(person=request.user), form)
    return render(request, "workbench/feeds_imported.html", {"imported": imported})


@require_safe
def give_list(request: DeskRequest) -> HttpResponse:
    """The desk's feeds as an OPML list."""
    require_somewhere(request.user, Action.READ_FEEDS)
    answer = HttpResponse(opml_of(request.user), content_type="text/x-opml; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="feeds.opml"'
    return answer


@require_safe
def show(request: DeskRequest, feed_id: UUID) -> HttpResponse:
    """A feed: what a look found, or its polls and items."""
    feed = _feed(request, feed_id)
    return _page(request, feed, FeedForm(feed=feed))


@require_POST
def start(request: DeskRequest, feed_id: UUID) -> HttpResponse:
    """Subscribe to a feed that was looked at."""
    feed = _feed(request, feed_id)
    form = FeedForm(request.POST, feed=feed)
    if not form.is_valid():
        return _page(request, feed, form)
    subscribe(feed, form.wanted(), form.cleaned_data["version"], request.user, timezone.now())
    messages.success(request, _("Subscribed. The first poll is on its way."))
    return redirect(feed)


@require_POST
def change(request: DeskRequest, feed_id: UUID) -> HttpResponse:
    """Change how the desk wants it."""
    feed = _feed(request, feed_id)
    form = FeedForm(request.POST, feed=feed)
    if not form.is_valid():
        return _page(request, feed, form)
    change_feed(feed, form.wanted(), form.cleaned_data["version"], request.user, timezone.now())
    messages.success(request, _("Saved."))
    return redirect(feed)


@require_POST
def pause(request: DeskRequest, feed_id: UUID) -> HttpResponse:
    """Poll it no more for now."""
    feed, said = _feed(request, feed_id), BackForm(request.POST).require_valid()
    if said["undoes"]:
        take_back_resuming(feed, said["version"], request.user, timezone.now(), entry=said["undoes"])
    else:
        pause_feed(feed, said["version"], request.user, timezone.now())
    back = way_back(feed, said, version=feed.version)
    remember(request, _("Feed paused"), feed, reverse("workbench:feed-resume", args=[feed.pk]), **back)
    return redirect(feed)


@require_POST
def resume(request: DeskRequest, feed_id: UUID) -> HttpResponse:
    """Poll it again."""
    feed, said = _feed(request, feed_id), BackForm(request.POST).require_valid()
    if said["undoes"]:
        take_back_pause(feed, said["version"], request.user, timezone.now(), entry=said["undoes"])
    else:
        resume_feed(feed, said["version"], request.user, timezone.now())
    back = way_back(feed, said, version=feed.version)
    remember(request, _("Feed resumed"), feed, reverse("workbench:feed-pause", args=[feed.pk]), **back)
    return redirect(feed)


@require_POST
def poll(request: DeskRequest, feed_id: UUID) -> HttpResponse:
    """Poll it now."""
    feed = _feed(request, feed_id)
    poll_now(feed, request.user, timezone.now())
    return redirect(feed)


@require_POST
def end(request: DeskRequest, feed_id: UUID) -> HttpResponse:
    """Subscribe to it no more; its articles stay."""
    feed, said = _feed(request, feed_id), VersionForm(request.POST).require_valid()
    end_subscription(feed, said["version"], request.user, timezone.now())
    messages.success(request, _("“%(feed)s” is not polled any more. Its articles stay.") % {"feed": feed})
    return redirect("workbench:feeds")


def _feed(request: DeskRequest, feed_id: UUID) -> Feed:
    return get_object_or_404(Feed.objects.seen_by(request.user).select_related("outlet", "desk"), pk=feed_id)


def _list(request: DeskRequest, form: LookForm, opml: ListForm | None = None) -> HttpResponse:
    screen = feeds_for(request.user, request.GET.get("page", "1"), timezone.now())
    is_wrong = bool(form.errors or (opml and opml.errors))
    context = {"screen": screen, "form": form, "opml": opml or ListForm(person=request.user, auto_id="list_%s")}
    return render(request, "workbench/feeds.html", context, status=422 if is_wrong else 200)


def _page(request: DeskRequest, feed: Feed, form: FeedForm) -> HttpResponse:
    context = {"screen": feed_for(feed, request.user), "form": form}
    return render(request, "workbench/feed.html", context, status=422 if form.errors else 200)
