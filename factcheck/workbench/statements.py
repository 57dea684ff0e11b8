from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.corpus.models import Article, Statement
from factcheck.corpus.services.correcting import (
    add_statement,
    last_correction,
    mend_statement,
    merge_statements,
    remove_statement,
    require_correcting,
    split_statement,
    undo_correction,
)
from factcheck.ledger.errors import Refusal
from factcheck.newsroom.errors import NotAllowed
from factcheck.workbench.forms import VersionForm
from factcheck.workbench.forms_corrections import (
    AddStatementForm,
    MendStatementForm,
    MergeForm,
    SplitForm,
    UndoForm,
    filled_in,
    marked_in,
)
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.statement import StatementScreen, adding_to, statement_for
from factcheck.workbench.undo import remember

RELOAD = {"HX-Refresh": "true"}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """Mark words as somebody's statement; a refusal keeps what was typed."""
    article = get_object_or_404(Article.objects.readable_by(request.user), pk=article_id)
    require_correcting(request.user, article)
    form = AddStatementForm(request.POST or None, initial=marked_in(article.current, request.GET))
    if not (request.method == "POST" and form.is_valid()):
        return _page(request, adding_to(article), form)
    try:
        place = form.place_in(article.current)
        statement = add_statement(article, place, form.attribution(), request.user, timezone.now())
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, adding_to(article), form)
    return _done(request, statement, _("Statement added"))


@require_safe
def show(request: DeskRequest, statement_id: UUID) -> HttpResponse:
    """A statement in its paragraph, with the forms to correct it."""
    statement = _statement(request, statement_id)
    form = MendStatementForm(initial=filled_in(statement, statement.article.current))
    return _page(request, statement_for(statement, request.user, timezone.now()), form)


@require_POST
def mend(request: DeskRequest, statement_id: UUID) -> HttpResponse:
    """Say anew where it stands and whose it is; a refusal keeps what was typed beside what stands there now."""
    statement, form = _statement(request, statement_id), MendStatementForm(request.POST)
    if not form.is_valid():
        return _page(request, statement_for(statement, request.user, timezone.now()), form)
    place = form.place_in(statement.article.current, statement.content)
    version = form.cleaned_data["version"]
    try:
        mend_statement(statement, version, form.changes_to(statement), request.user, timezone.now(), place=place)
    except NotAllowed:
        raise
    except Refusal as refusal:
        form.refuse(refusal, statement)
        return _page(request, statement_for(statement, request.user, timezone.now()), form)
    return _done(request, statement, _("Statement mended"))


@require_POST
def split(request: DeskRequest, statement_id: UUID) -> HttpResponse:
    """Make two of one."""
    statement, said = _statement(request, statement_id), SplitForm(request.POST).require_valid()
    split_statement(statement, said["at"], said["version"], request.user, timezone.now())
    return _done(request, statement, _("Statement split in two"))


@require_POST
def merge(request: DeskRequest, statement_id: UUID) -> HttpResponse:
    """Make one of two."""
    statement, said = _statement(request, statement_id), MergeForm(request.POST).require_valid()
    other = _statement(request, said["other"])
    versions = said["version"], said["other_version"]
    merge_statements(statement, other, versions, request.user, timezone.now())
    return _done(request, statement, _("Two statements made one"))


@require_POST
def remove(request: DeskRequest, statement_id: UUID) -> HttpResponse:
    """Take back what is no statement."""
    statement, said = _statement(request, statement_id), VersionForm(request.POST).require_valid()
    remove_statement(statement, said["version"], request.user, timezone.now())
    return _done(request, statement, _("Statement taken back"))


@require_POST
def undo(request: DeskRequest, statement_id: UUID) -> HttpResponse:
    """Put back what a correction changed; everything after it was taken back before."""
    statement, said = _statement(request, statement_id), UndoForm(request.POST).require_valid()
    undo_correction(statement, said["version"], request.user, timezone.now(), entry=said["correction"])
    _remember(request, statement, _("Correction taken back"))
    return redirect(f"{statement.article.get_absolute_url()}#s-{statement.pk}")


def _statement(request: DeskRequest, statement_id: UUID) -> Statement:
    statements = Statement.objects.readable_by(request.user).select_related("speaker", "reported_by", "article__outlet")
    return get_object_or_404(statements, pk=statement_id)


def _page(request: DeskRequest, screen: StatementScreen, form: AddStatementForm | MendStatementForm) -> HttpResponse:
    """The page, or the form alone for the reader, which shows it beside the text."""
    template = "workbench/_statement_form.html" if request.htmx else "workbench/statement.html"
    return render(request, template, {"screen": screen, "form": form}, status=422 if form.errors else 200)


def _done(request: DeskRequest, statement: Statement, did: str) -> HttpResponse:
    """Back to the text, with a key to take it back; the reader loads itself anew where it stands."""
    _remember(request, statement, did)
    if request.htmx:
        return HttpResponse(status=204, headers=RELOAD)
    return redirect(f"{statement.article.get_absolute_url()}#s-{statement.pk}")


def _remember(request: DeskRequest, statement: Statement, did: str) -> None:
    """Keep what was just corrected, with a key to take it back."""
    address, entry = reverse("workbench:statement-undo", args=[statement.pk]), last_correction(statement)
    remember(request, did, statement.speaker, address, version=statement.version, correction=entry)
