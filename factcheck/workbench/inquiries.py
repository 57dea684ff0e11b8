from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from factcheck.corpus.errors import UnfitInquiry, WrongDate
from factcheck.corpus.models import Inquiry
from factcheck.corpus.services.inquiries import compare_statement
from factcheck.newsroom.permissions import Action, require_somewhere
from factcheck.workbench.forms import InquiryForm
from factcheck.workbench.requests import DeskRequest
from factcheck.workbench.screens.inquiries import inquiry_screen

PAGE, PART = "workbench/inquiry.html", "workbench/_inquiry.html"


@require_POST
def ask(request: DeskRequest) -> HttpResponse:
    """Ask where a typed statement stands elsewhere; what was typed is kept where it does not do."""
    require_somewhere(request.user, Action.COMPARE_STATEMENT)
    form = InquiryForm(request.POST, person=request.user)
    if not form.is_valid():
        return _refuse(request, form)
    try:
        inquiry = compare_statement(form.new_inquiry(), form.cleaned_data["desk"], request.user, timezone.now())
    except (UnfitInquiry, WrongDate) as refusal:
        form.add_error(None, str(refusal))
        return _refuse(request, form)
    return _answer(request, inquiry) if request.htmx else redirect(inquiry)


@require_safe
def show(request: DeskRequest, inquiry_id: UUID) -> HttpResponse:
    """What was found, or how far the search is."""
    return _answer(request, get_object_or_404(Inquiry.objects.of(request.user), pk=inquiry_id))


def _answer(request: DeskRequest, inquiry: Inquiry) -> HttpResponse:
    """The whole page; for the box on the inbox its part alone."""
    context = {"screen": inquiry_screen(inquiry, request.user)}
    return render(request, PART if request.htmx else PAGE, context)


def _refuse(request: DeskRequest, form: InquiryForm) -> HttpResponse:
    """The form again with what is wrong; in the box, where only what is well is shown, the words alone."""
    if request.htmx:
        return render(request, PART, {"form": form})
    return render(request, PAGE, {"form": form}, status=422)
