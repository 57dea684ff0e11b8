"""Filters of lists: each named, typed and listed; a parameter that nobody knows is refused, not ignored."""

from datetime import UTC
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from django_filters.fields import IsoDateTimeField
from rest_framework import exceptions

from factcheck.api.errors import UnknownParameter
from factcheck.api.pagination import known_parameters
from factcheck.api.requests import DeskRequest
from factcheck.claims.models import Tag


class StrictFilterBackend(filters.DjangoFilterBackend):  # type: ignore[misc]  # django-filter ships no types
    """django-filter by explicit filter sets; none offers a choice of rows, so no list tells of another desk's."""

    def filter_queryset(self, request: DeskRequest, queryset: "QuerySet[Any]", view: Any) -> "QuerySet[Any]":
        """Apply the filters.

        Raises:
            UnknownParameter: names it and those that there are.
            ValidationError: one has a value that it cannot have.
        """
        filters_here = self._names(view)
        self._require_known(request, view, filters_here)
        if not any(name in request.query_params for name in filters_here):
            return queryset
        found: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return found

    def _require_known(self, request: DeskRequest, view: Any, filters_here: list[str]) -> None:
        further = view.further_parameters.get(view.action, ())
        known = {*known_parameters(view), *filters_here, *(one.name for one in further)}
        for name in request.query_params:
            if name not in known:
                raise UnknownParameter(f"There is no parameter “{name[:60]}” here. Known: {', '.join(sorted(known))}.")
        for one in further:
            if one.enum and request.query_params.get(one.name, one.enum[0]) not in one.enum:
                raise exceptions.ValidationError({one.name: [f"Give one of these: {', '.join(map(str, one.enum))}."]})

    def _names(self, view: Any) -> list[str]:
        return list(view.filterset_class.base_filters) if getattr(view, "filterset_class", None) else []


class _MomentField(IsoDateTimeField):  # type: ignore[misc]  # django-filter ships no types
    def clean(self, value: Any) -> Any:
        """Give the moment in UTC; a database cannot be asked about one that is before or after all years there."""
        moment = super().clean(value)
        try:
            return moment and moment.astimezone(UTC)
        except OverflowError as error:
            raise ValidationError("This lies outside of the calendar.") from error


class MomentFilter(filters.IsoDateTimeFilter):  # type: ignore[misc]  # django-filter ships no types
    """A moment of ISO 8601."""

    field_class = _MomentField


class OfDesk(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Every list of a desk's things."""

    desk = filters.CharFilter("desk__slug", max_length=50, help_text="a desk's short name")


class Tagged(OfDesk):
    """Every list of what a desk sorts by tags."""

    tag = filters.CharFilter(method="by_tag", max_length=40, help_text="a tag that it carries, whatever its case")

    def by_tag(self, rows: "QuerySet[Any]", _: str, name: str) -> "QuerySet[Any]":
        """Those that carry it."""
        return rows.filter(taggings__tag__name_key=Tag.key_of(name))
