from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from factcheck.claims.services.checks import check_article, put_back_check, uncheck_article
from factcheck.corpus.models import Article
from factcheck.workbench.forms import UndoForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.undo import remember, way_back


@require_POST
def check(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """Say that an article's statements are right as they stand."""
    article = get_object_or_404(Article.objects.readable_by(request.user), pk=article_id)
    if undoes := UndoForm(request.POST).require_valid()["undoes"]:
        put_back_check(article, request.user, timezone.now(), entry=undoes)
    else:
        check_article(article, request.user, timezone.now())
    remember(request, _("Checked"), article, reverse("workbench:article-uncheck", args=[article.pk]))
    return redirect("workbench:work")


@require_POST
def uncheck(request: DeskRequest, article_id: UUID) -> HttpResponse:
    """Take a check back."""
    article = get_object_or_404(Article.objects.readable_by(request.user), pk=article_id)
    uncheck_article(article, request.user, timezone.now())
    address = reverse("workbench:article-check", args=[article.pk])
    remember(request, _("Check taken back"), article, address, **way_back(article, {}))
    return redirect(article)
