from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from factcheck.corpus.errors import ArticleAlreadyHere
from factcheck.corpus.models import Article, Outlet, Retrieval
from factcheck.corpus.services.articles import (
    add_article,
    archive_article,
    archive_article_again,
    restore_article,
    restrict_article,
)
from factcheck.corpus.services.describing import edit_article
from factcheck.corpus.services.retrieving import add_article_from_file, add_article_from_url, fetch_all_the_same
from factcheck.corpus.services.watching import look_now, unwatch_article, watch_article
from factcheck.ledger.errors import Refusal
from factcheck.newsroom.errors import NotAllowed
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, require, require_somewhere
from factcheck.workbench.forms import BackForm, VersionForm
from factcheck.workbench.forms_articles import ArticleForm, EditArticleForm, WatchForm, as_filled
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.progress import progress_of
from factcheck.workbench.screens.reader import reader_for, wanted_of
from factcheck.workbench.screens.retrievals import retrieval_screen
from factcheck.workbench.screens.revisions import revisions_for
from factcheck.workbench.screens.team import team_for
from factcheck.workbench.undo import forget, remember, way_back


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: DeskRequest) -> HttpResponse:
    """The form to paste an article; a refusal keeps what was pasted."""
    require_somewhere(request.user, Action.ADD_ARTICLE)
    form = ArticleForm(request.POST or None, request.FILES or None, person=request.user)
    if not (request.method == "POST" and form.is_valid()):
        return render(request, "workbench/article_add.html", {"form": form}, status=422 if form.errors else 200)
    try:
        handed_in = _hand_in(form, request.user)
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        context = {"form": form, "there": _article_there(refusal)}
        return render(request, "workbench/article_add.html", context, status=422)
    return redirect(handed_in)


def _hand_in(form: ArticleForm, person: User) -> Article | Retrieval:
    """An article where there is a text; else what is to be fetched or read."""
    desk, now = form.cleaned_data["desk"], timezone.now()
    if form.is_document:
        upload = form.cleaned_data["file"]
        return add_article_from_file(str(upload.name), upload.read(), form.asked, desk, person, now=now)
    if form.is_address:
        return add_article_from_url(form.cleaned_data["url"], form.asked, desk, person, now)
    return add_article(form.new_article(), desk, person, now)


@require_safe
def show_retrieval(request: DeskRequest, retrieval_id: UUID) -> HttpResponse:
    """What became of an address or a file: its only article, once that is there; else how far it is, or why not."""
    retrieval = get_object_or_404(Retrieval.objects.of(request.user), pk=retrieval_id)
    screen = retrieval_screen(retrieval, request.user)
    if screen.only_article is not None:
        there = screen.only_article.get_absolute_url()
        return HttpResponseClientRedirect(there) if request.htmx else redirect(there)
    page = "workbench/_retrieval.html" if request.htmx else "workbench/retrieval.html"
    return render(request, page, {"screen": screen})


@require_POST
def insist(request: DeskRequest, retrieval_id: UUID) -> HttpResponse:
    """Fetch it although its site asks programs not to: this person reads it."""
    retrieval = get_object_or_404(Retrieval.objects.of(request.user).select_related("desk"), pk=retrieval_id)
    fetch_all_the_same(retrieval, request.user, timezone.now())
    return redirect(retrieval)


def _article_there(refusal: Refusal) -> UUID | None:
    """The article that a refused text is already here as."""
    return refusal.article_id if isinstance(refusal, ArticleAlreadyHere) else None


@require_safe
def read(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """The article with its statements marked."""
    article = get_object_or_404(Article.objects.readable_by(request.user), pk=article_id)
    reader = reader_for(article, request.user, wanted_of(request.GET))
    context = {"reader": reader, "team": team_for(article, request.user)}
    return render(request, "workbench/article.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """Say anew what is said of an article beside its text; a refusal keeps what was typed."""
    article = _to_edit(request, article_id)
    before = as_filled(article)
    form = EditArticleForm(request.POST or None, initial={**before, "version": article.version})
    if not (request.method == "POST" and form.is_valid()):
        return _description_page(request, article, form)
    try:
        edit_article(article, form.description(), form.cleaned_data["version"], request.user, timezone.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.refuse(refusal, article)
        return _description_page(request, article, form)
    remember(request, _("Article mended"), article, request.path, version=article.version, **before)
    return redirect(article)


def _to_edit(request: DeskRequest, article_id: UUID) -> Article:
    articles = Article.objects.readable_by(request.user).select_related("outlet", "desk")
    article = get_object_or_404(articles, pk=article_id)
    require(request.user, Action.EDIT_ARTICLE, article)
    return article


def _description_page(request: DeskRequest, article: Article, form: EditArticleForm) -> HttpResponse:
    if form.errors:
        forget(request)  # it may have been the key that takes the last act back
    outlets = Outlet.objects.filter(desk=article.desk_id).values_list("name", flat=True)
    context = {"article": article, "form": form, "outlets": outlets}
    return render(request, "workbench/article_edit.html", context, status=422 if form.errors else 200)


@require_safe
def show_revisions(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """What its text says otherwise than an earlier one, or than its first article."""
    article = get_object_or_404(Article.objects.readable_by(request.user), pk=article_id)
    screen = revisions_for(article, request.user, request.GET)
    return render(request, "workbench/revisions.html", {"screen": screen})


@require_POST
def watch(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """Hear when it changes, hear of it no more, or look at once."""
    article = get_object_or_404(Article.objects.readable_by(request.user), pk=article_id)
    said = WatchForm(request.POST).require_valid()
    WATCHING[said["act"]](article, request.user, timezone.now())
    return redirect("workbench:article-revisions", article.pk)


WATCHING = {"watch": watch_article, "unwatch": unwatch_article, "look": look_now}


@require_POST
def restrict(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """Let only its author, the named people and the leads read it."""
    article = get_object_or_404(Article.objects.readable_by(request.user), pk=article_id)
    said = VersionForm(request.POST).require_valid()
    restrict_article(article, [], said["version"], request.user, timezone.now())
    return redirect(article)


@require_POST
def archive(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """Take it off the desk's lists."""
    article = get_object_or_404(Article.objects.readable_by(request.user), pk=article_id)
    said = BackForm(request.POST).require_valid()
    if said["undoes"]:
        archive_article_again(article, said["version"], request.user, timezone.now(), entry=said["undoes"])
    else:
        archive_article(article, said["version"], request.user, timezone.now())
    address = reverse("workbench:article-restore", args=[article.pk])
    remember(request, _("Archived"), article, address, version=article.version)
    return redirect("workbench:inbox")


@require_POST
def restore(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """Put it back on the desk's lists."""
    article = get_object_or_404(Article.objects.readable_by(request.user), pk=article_id)
    said = VersionForm(request.POST).require_valid()
    restore_article(article, said["version"], request.user, timezone.now())
    address = reverse("workbench:article-archive", args=[article.pk])
    remember(request, _("Put back on the lists"), article, address, **way_back(article, said, version=article.version))
    return redirect(article)


@require_safe
def show_progress(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """How far the analysis is; once it ends, the article's page loads anew. The inbox stays: lists never jump."""
    article = get_object_or_404(Article.objects.readable_by(request.user), pk=article_id)
    progress = progress_of(article, request.user, timezone.now())
    response = render(request, "workbench/_progress.html", {"progress": progress, "article": article})
    if not progress.is_open and request.htmx.current_url_abs_path != reverse("workbench:inbox"):
        response.headers["HX-Refresh"] = "true"
    return response
