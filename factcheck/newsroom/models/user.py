from collections.abc import Iterable, Iterator
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from factcheck.ledger.identity import new_id
from factcheck.newsroom.models.desk import Membership, Role


class Theme(models.TextChoices):
    """How the pages look to a person."""

    SYSTEM = "system", _("As this computer does")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Language(models.TextChoices):
    """The language of the pages for a person; `LANGUAGES` in the settings has the same."""

    BROWSER = "", _("As my browser says")
    ENGLISH = "en", "English"
    FRENCH = "fr", "Français"


class User(AbstractUser):
    """A person who works here. What they may do hangs on their memberships, never on Django's own flags."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120, help_text="as colleagues and readers see it")
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM, db_default=Theme.SYSTEM)
    language = models.CharField(max_length=8, choices=Language, blank=True, default="", db_default="")
    time_zone = models.CharField(max_length=64, default="UTC", db_default="UTC")
    keys = models.JSONField(
        default=dict, db_default={}, blank=True, help_text="their own key for each of ours that they changed"
    )
    tour_step = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="how far the first-run tour is; one past its end where it is put away"
    )
    wants_digest = models.BooleanField(default=False, db_default=False, help_text="notices of the day by e-mail")

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(name="user_theme_known", condition=Q(theme__in=Theme.values)),
            models.CheckConstraint(name="user_language_known", condition=Q(language__in=Language.values)),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_session_auth_hash(self) -> str:
        """What a session must match: the password, and the number that `end_sessions` raises."""
        return f"{super().get_session_auth_hash()}:{self.session_epoch}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under earlier secret keys."""
        for kept in super().get_session_auth_fallback_hash():
            yield f"{kept}:{self.session_epoch}"

    @property
    def zone(self) -> ZoneInfo:
        """Their time zone."""
        return ZoneInfo(self.time_zone)

    def get_short_name(self) -> str:
        """The name to greet with."""
        return (self.name or self.username).split()[0]

    @cached_property
    def roles(self) -> dict[UUID, frozenset[Role]]:
        """This person's roles by desk."""
        return by_desk(Membership.objects.filter(user=self).values_list("desk_id", "role"))

    @property
    def desk_ids(self) -> frozenset[UUID]:
        """The desks this person belongs to."""
        return frozenset(self.roles)


def by_desk(held: Iterable[tuple[UUID, str]]) -> dict[UUID, frozenset[Role]]:
    """Roles that were read one by one, each with its desk."""
    found: dict[UUID, set[Role]] = {}
    for desk_id, role in held:
        found.setdefault(desk_id, set()).add(Role(role))
    return {desk_id: frozenset(roles) for desk_id, roles in found.items()}
