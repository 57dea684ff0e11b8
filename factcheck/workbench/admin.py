"""The queues as change lists: scoped, read-only, each row leading to our own page. Decisions happen there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Model, Q, QuerySet
from django.forms import CheckboxInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.html import conditional_escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from factcheck.claims.models import Claim, Tag
from factcheck.claims.models.assignment import field_of
from factcheck.corpus.models import Article, ConflictPair, Outlet, Speaker, Statement
from factcheck.ledger.wording import quoted, term
from factcheck.newsroom.models import User
from factcheck.newsroom.permissions import Action, Reach, desks_reached
from factcheck.workbench.queue_list import QueueList
from factcheck.workbench.screens.lists import list_screen, may_change_many
from factcheck.workbench.templatetags.desk_format import ago, as_score, beside, chips, day, shorten

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin  # at run time Django's class takes no parameter


def _reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the site lets nobody else in
    return request.user


class TermsFilter(admin.ChoicesFieldListFilter):
    """A filter whose choices are values of the contract, in the reader's words."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """The choices, each in words."""
        for choice in super().choices(changelist):
            yield {**choice, "display": capfirst(term(str(choice["display"])))}


class TagFilter(admin.RelatedFieldListFilter):
    """A filter by the tags of the reader's desks that pieces of this sort carry."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The tags, by name."""
        tags = Tag.objects.used_on(field_of(model_admin.model()), _reader(request))
        return [(str(tag.pk), tag.name) for tag in tags]

    def has_output(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self.lookup_choices)


class OutletFilter(admin.RelatedOnlyFieldListFilter):
    """A filter by the outlets of what the reader may see, and of what has none: no other desk's."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.empty_value_display = conditional_escape(_("no outlet"))


TAGS = ("taggings__tag", TagFilter)
TAGGED = ("taggings__tag",)


class Tagged:
    """A column with the tags of a row."""

    @admin.display(description=_lazy("tags"))
    def tags(self, row: Any) -> str:
        """The tags, by name."""
        return chips(sorted(tagging.tag.name for tagging in row.taggings.all()))


class QueueAdmin(_ModelAdmin):
    """Look, find, follow; nothing is changed here."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    preserve_filters = False  # our pages lead up to the list as a whole
    view_on_site = False  # Django's look-up by id knows no desks

    def get_urls(self) -> list[URLPattern]:
        """The list; and a page per row where the thing has none of ours."""
        meta = self.opts
        name, see = f"{meta.app_label}_{meta.model_name}", self.admin_site.admin_view
        pages = [path("", see(self.changelist_view), name=f"{name}_changelist")]
        if not hasattr(self.model, "get_absolute_url"):
            pages.append(path("<uuid:object_id>/change/", see(self.show_row), name=f"{name}_change"))
        return pages

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list with its saved views, each with its count, and what can be done to many rows."""
        page = f"{self.opts.app_label}_{self.opts.model_name}"
        return super().changelist_view(request, {**(extra_context or {}), "desk": list_screen(request, page)})

    def get_list_display(self, request: HttpRequest) -> Any:
        """The columns; a box to mark a row where something can be done to many."""
        shown = super().get_list_display(request)
        return shown if not may_change_many(request, self.opts) else ("box", *shown)

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        """The column that leads to the row's page: never the box."""
        return [next(column for column in list_display if column != "box")]

    @admin.display(description=_lazy("choose"))
    def box(self, row: Model) -> str:
        """A box to mark the row."""
        label = _("Choose: %(row)s") % {"row": shorten(str(row), 80)}
        box = CheckboxInput({"aria-label": label}, check_test=lambda _: False)  # none is marked to begin with
        return box.render("chosen", str(row.pk))

    def show_row(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """One row, to look at; what is another desk's is not found."""
        get_object_or_404(self.get_queryset(request), pk=object_id)
        return self.change_view(request, str(object_id))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what a filter of the list offers: an address may not ask about columns that are not shown."""
        offered = [str(entry[0] if isinstance(entry, tuple) else entry) for entry in self.list_filter]
        return lookup in {f"{name}{way}" for name in offered for way in ("", "__exact", "__id__exact", "__isnull")}

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        """Our change list."""
        return QueueList

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether this person may look: members of a desk; the queryset decides at what."""
        return bool(getattr(request.user, "roles", None))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the room shows in the index."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: things are added on our pages."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: things are changed on our pages."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False


class DeskAdmin(QueueAdmin):
    """Things that belong to a desk and are open to all who read its articles."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What belongs to this person's desks."""
        desks = desks_reached(_reader(request), Action.READ_ARTICLE, Reach.DESK)
        return super().get_queryset(request).filter(desk__in=desks)


@admin.register(Article)
class ArticleAdmin(Tagged, QueueAdmin):
    """Articles, newest first."""

    list_display = ("title", "outlet", "published", "added", "statements", "access", "tags")
    list_filter = (("outlet", OutletFilter), "access", TAGS)
    search_fields = ("title", "outlet__name")
    ordering = ("-added_at",)
    list_select_related = ("outlet",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """What this person may read, with the number of statements."""
        count = Count("statements", filter=Q(statements__gone_at__isnull=True))
        return Article.objects.readable_by(_reader(request)).current().annotate(found=count).prefetch_related(*TAGGED)

    @admin.display(ordering="outlet__name")
    def outlet(self, article: Article) -> str:
        """Who published it."""
        return str(article.outlet or _("no outlet"))

    @admin.display(ordering="published_at")
    def published(self, article: Article) -> str:
        """The day on which it appeared."""
        return day(article.published_at) or _("no date")

    @admin.display(ordering="added_at")
    def added(self, article: Article) -> str:
        """When the desk took it in."""
        return ago(article.added_at)

    @admin.display(ordering="found")
    def statements(self, article: Article) -> int:
        """How many statements it makes."""
        return int(vars(article)["found"])


@admin.register(ConflictPair)
class ConflictAdmin(Tagged, QueueAdmin):
    """Suggested and decided pairs, best first."""

    list_display = ("sides", "sort", "likeness", "status", "decision", "suggested", "words")
    list_filter = ("status", ("kind", TermsFilter), "decision", TAGS)
    search_fields = ("a__content", "b__content", "a__speaker__name", "b__speaker__name")
    ordering = ("-score",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ConflictPair]:
        """Pairs of which this person may read both articles."""
        return ConflictPair.objects.readable_by(_reader(request)).as_listed().prefetch_related(*TAGGED)

    @admin.display(description=_lazy("who against whom"), ordering="a__speaker__name")
    def sides(self, pair: ConflictPair) -> str:
        """Both speakers."""
        return str(pair)

    @admin.display(description=_lazy("kind"), ordering="kind")
    def sort(self, pair: ConflictPair) -> str:
        """The kind, in words."""
        return capfirst(term(pair.kind))

    @admin.display(description=_lazy("score"), ordering="score")
    def likeness(self, pair: ConflictPair) -> str:
        """The score, with two decimals."""
        return as_score(pair.score)

    @admin.display(ordering="suggested_at")
    def suggested(self, pair: ConflictPair) -> str:
        """How long ago."""
        return ago(pair.suggested_at)

    @admin.display(description=_lazy("the words"))
    def words(self, pair: ConflictPair) -> str:
        """Both quotations, in short, and the tags below them: a column of their own would leave the words no room."""
        said = " · ".join(quoted(shorten(side.display, 90)) for side in (pair.a, pair.b))
        return beside(said, self.tags(pair))


@admin.register(Claim)
class ClaimAdmin(Tagged, QueueAdmin):
    """Claims, newest first."""

    list_display = ("text", "state", "opened_by", "opened", "tags")
    list_filter = ("state", TAGS)
    search_fields = ("text",)
    ordering = ("-opened_at",)
    list_select_related = ("opened_by",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """What this person may read."""
        return Claim.objects.readable_by(_reader(request)).prefetch_related(*TAGGED)

    @admin.display(ordering="opened_at")
    def opened(self, claim: Claim) -> str:
        """How long ago."""
        return ago(claim.opened_at)


@admin.register(Speaker)
class SpeakerAdmin(DeskAdmin):
    """Speakers known across articles."""

    list_display = ("name", "sort", "statements")
    list_filter = (("kind", TermsFilter),)
    search_fields = ("name", "aliases__name")
    fields = ("name", "kind", "article")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speaker]:
        """Speakers of this person's desks, but none that only a hidden article knows."""
        readable = Article.objects.readable_by(_reader(request))
        heard = Statement.objects.filter(article__in=readable)
        known = Q(pk__in=heard.values("speaker")) | Q(pk__in=heard.values("reported_by"))
        speakers: QuerySet[Speaker] = super().get_queryset(request).filter(known)
        return speakers.annotate(said=Count("statements", filter=Q(statements__article__in=readable)))

    @admin.display(description=_lazy("kind"), ordering="kind")
    def sort(self, speaker: Speaker) -> str:
        """Whether a person, a body or a group."""
        return capfirst(term(speaker.kind))

    @admin.display(ordering="said")
    def statements(self, speaker: Speaker) -> int:
        """How many statements of theirs this person may read."""
        return int(vars(speaker)["said"])


@admin.register(Outlet)
class OutletAdmin(DeskAdmin):
    """Outlets of the desk."""

    list_display = ("name",)
    search_fields = ("name",)
    fields = ("name",)
