from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from factcheck.ledger.identity import new_id
from factcheck.ledger.models import Followed, Versioned
from factcheck.newsroom.models import Desk, User
from factcheck.newsroom.permissions import Action, Reach, desks_reached, may


class Outlet(Followed, Versioned):
    """Who publishes: a paper, a broadcaster, an agency."""

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="outlets")
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=160, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["desk", "name_key"], name="outlet_once_per_desk")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page about it."""
        return reverse("workbench:outlet", args=[self.pk])

    def owner_ids(self) -> frozenset[UUID]:
        """Nobody owns an outlet."""
        return frozenset()

    @staticmethod
    def key_of(name: str) -> str:
        """The form by which two spellings of a name are one outlet."""
        return " ".join(name.casefold().split())


LONGEST_TITLE = 300


class Access(models.TextChoices):
    """Who of the desk may read an article."""

    OPEN = "open", pgettext_lazy("article", "Open")
    RESTRICTED = "restricted", _("Restricted")


def readable_by(person: User, prefix: str = "") -> Q:
    """The condition that an article may be read by this person; `prefix` leads from the queried row to the article."""
    desk, access = f"{prefix}desk_id__in", f"{prefix}access"
    of_desk = desks_reached(person, Action.READ_ARTICLE, Reach.DESK)
    whole = desks_reached(person, Action.READ_RESTRICTED, Reach.DESK)
    own = desks_reached(person, Action.READ_RESTRICTED, Reach.OWN)
    condition = Q(**{desk: of_desk, access: Access.OPEN})
    if whole:
        condition |= Q(**{desk: whole, access: Access.RESTRICTED})
    if own:
        named = ArticleReader.objects.filter(person=person).values("article")
        is_theirs = Q(**{f"{prefix}created_by": person}) | Q(**{f"{prefix}pk__in": named})
        condition |= Q(**{desk: own, access: Access.RESTRICTED}) & is_theirs
    return condition


def hidden_from(person: User) -> "ArticleQuerySet":
    """The articles of this person's desks that they may not read.

    They are few: what asks for all but them costs less than what asks for those that may be read, and is the same.
    """
    whole = desks_reached(person, Action.READ_RESTRICTED, Reach.DESK)
    narrow = set(desks_reached(person, Action.READ_ARTICLE, Reach.DESK)).difference(whole)
    restricted = Article.objects.filter(desk__in=narrow, access=Access.RESTRICTED)
    return restricted.exclude(readable_by(person)) if narrow else restricted


def may_read(person: User, article: "Article") -> bool:
    """Whether this person may read this article: `readable_by` for one that is at hand."""
    return may(person, Action.READ_RESTRICTED if article.access == Access.RESTRICTED else Action.READ_ARTICLE, article)


class ArticleQuerySet(models.QuerySet["Article"]):
    """Sets of articles by name."""

    def readable_by(self, person: User) -> Self:
        """What this person may read."""
        return self.filter(readable_by(person))

    def of_desks(self, person: User) -> Self:
        """All articles of this person's desks, also those that they may not read."""
        return self.filter(desk__in=person.desk_ids)

    def originals(self, desk: Desk) -> Self:
        """Those of a desk that a text may be a copy of."""
        return self.filter(desk=desk, copy_of__isnull=True, access=Access.OPEN)

    def current(self) -> Self:
        """Those not archived."""
        return self.filter(archived_at__isnull=True)


class Article(Followed, Versioned):
    """One text as an outlet published it. Its text is frozen in revisions; here stands what people say about it.

    A copy of another (`copy_of`, always the first) is not read again; nearly the same text that says something
    otherwise (`version_of`) is. `url_key` is one for all spellings of an address. `modified_at` is when the outlet says
    it changed the article, `revised_at` when a changed text of it first came in here. `language_told` is the language
    of its texts where people said it; else each is told by its words.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="articles")
    outlet = models.ForeignKey(Outlet, null=True, on_delete=models.PROTECT, related_name="articles")
    title = models.CharField(max_length=LONGEST_TITLE)
    url = models.URLField(max_length=2000, null=True)  # noqa: DJ001 -- unique where given, so absent must be null
    url_key = models.CharField(max_length=64, null=True, editable=False)  # noqa: DJ001 -- as the address
    byline = models.CharField(max_length=300, default="", db_default="", blank=True)
    published_at = models.DateTimeField(null=True)
    modified_at = models.DateTimeField(null=True)
    revised_at = models.DateTimeField(null=True)
    language_told = models.CharField(max_length=12, default="", db_default="", blank=True)
    text_sha256 = models.CharField(max_length=64, editable=False)
    access = models.CharField(max_length=10, choices=Access, default=Access.OPEN)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)
    copy_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="copies")
    version_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="versions")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        constraints = [
            # Where the text has changed since, it may by now be another article's; what few may read stands apart.
            models.UniqueConstraint(
                fields=["desk", "text_sha256"],
                name="article_text_once_per_desk",
                condition=Q(revised_at__isnull=True, copy_of__isnull=True, access=Access.OPEN),
            ),
            models.UniqueConstraint(
                fields=["desk", "text_sha256", "outlet"],
                name="copy_without_address_once_per_outlet",
                condition=Q(revised_at__isnull=True, copy_of__isnull=False, url__isnull=True),
            ),
            models.CheckConstraint(
                name="article_copy_of_another", condition=Q(copy_of__isnull=True) | ~Q(copy_of=F("pk"))
            ),
            models.UniqueConstraint(fields=["desk", "url"], name="article_url_once_per_desk"),
            models.UniqueConstraint(fields=["desk", "url_key"], name="article_page_once_per_desk"),
            models.CheckConstraint(name="article_access_known", condition=Q(access__in=Access.values)),
            models.CheckConstraint(
                name="article_url_is_web",
                condition=Q(url__isnull=True) | Q(url__startswith="https://") | Q(url__startswith="http://"),
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "-added_at"], name="article_of_desk"),
            models.Index(fields=["desk", "created_seq"], name="article_in_order"),
            # The few that are hidden from somebody, whom every page asks for (`hidden_from`).
            models.Index(fields=["desk"], name="article_restricted", condition=Q(access=Access.RESTRICTED)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page to read it on."""
        return reverse("workbench:article", args=[self.pk])

    def owner_ids(self) -> frozenset[UUID]:
        """Who added it and who was named as its reader."""
        named = {reader.person_id for reader in self.readers.all()}  # so that a list can read them all at once
        return frozenset(named | ({self.created_by_id} if self.created_by_id else set()))

    @property
    def current(self) -> "Revision":
        """Its newest revision."""
        return self.revisions.latest("number")


class ArticleReader(models.Model):
    """A person named as reader of a restricted article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="article_reader_once")]


class Revision(models.Model):
    """An article's text at one time, for ever: the database refuses to change it. Offsets count its code points.

    A text may come back: its outlet took a change back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=12, default="en")
    byline = models.CharField(max_length=300, default="", db_default="", blank=True)
    modified_at = models.DateTimeField(null=True)
    flags = models.JSONField(default=list)
    fetched_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_once"),
            models.CheckConstraint(name="revision_counts_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="revision_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"revision {self.number} of {self.article_id}"

    @property
    def headline(self) -> str:
        """The text's first line, as an article takes it for its title."""
        return self.text.split("\n", 1)[0].strip()[:LONGEST_TITLE]


class LeftOut(models.Model):
    """The lines that stood around a text and are no part of it: “Read more”, captions, copyright.

    They are not read for statements; people see them, and can tell whether one was left out wrongly.
    """

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, primary_key=True, related_name="left_out")
    lines = models.JSONField()

    def __str__(self) -> str:
        return f"{len(self.lines)} lines left out of {self.revision_id}"
