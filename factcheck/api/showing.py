"""How a row becomes what an answer shows, settled once for each serializer.

REST framework copies a serializer's fields for each answer and asks each field anew for each row. What a plain field
does is known beforehand, so it is kept here as one function a field; whatever is not plain is left to the field itself.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.fields import Field, SkipField

Show = Callable[[Any], Any]
LEFT_OUT = object()


def show_row(kind: "type[serializers.Serializer[Any]]", row: Any) -> dict[str, Any]:
    """What a serializer of this kind shows of a row: the same as REST framework would."""
    return {name: value for name, show in _parts_of(kind) if (value := show(row)) is not LEFT_OUT}


@cache
def sources_of(kind: "type[serializers.Serializer[Any]]") -> tuple[str, ...]:
    """The columns that a serializer of this kind reads from a row."""
    return tuple(str(field.source) for field in kind().fields.values() if field.source != "*")


@cache
def _parts_of(kind: "type[serializers.Serializer[Any]]") -> tuple[tuple[str, Show], ...]:
    return tuple((name, _part(field)) for name, field in kind().fields.items())


def _part(field: "Field[Any, Any, Any, Any]") -> Show:
    convert = _conversion_of(field)
    if convert is None or str(field.source).startswith("__"):
        return _left_to(field)
    read = attrgetter(str(field.source))
    return _plain(field, read, convert)


def _plain(field: "Field[Any, Any, Any, Any]", read: Show, convert: Show) -> Show:
    def show(row: Any) -> Any:
        try:
            value = read(row)
        except AttributeError:  # on the way is None: the field knows its default
            value = field.get_attribute(row)
        return None if value is None else convert(value)

    return show


def _left_to(field: "Field[Any, Any, Any, Any]") -> Show:
    def show(row: Any) -> Any:
        try:
            value = field.get_attribute(row)
        except SkipField:
            return LEFT_OUT
        return None if value is None else field.to_representation(value)

    return show


def _conversion_of(field: "Field[Any, Any, Any, Any]") -> Show | None:
    """What a plain field does with its value; None where the field has ways of its own."""
    if type(field).get_attribute is not Field.get_attribute:
        return None
    if isinstance(field, serializers.Serializer):
        return field.to_representation
    if type(field) is serializers.ListField and type(field.child) is serializers.CharField:
        return _texts
    return _CONVERSIONS.get(type(field))


def _moment(value: datetime) -> str:
    if value.tzinfo is UTC and settings.TIME_ZONE == "UTC":
        return value.isoformat()[: -len("+00:00")] + "Z"
    return str(serializers.DateTimeField().to_representation(value))


def _texts(values: list[Any]) -> list[str | None]:
    return [None if value is None else str(value) for value in values]


_CONVERSIONS: Mapping[type, Show] = {
    serializers.BooleanField: bool,
    serializers.CharField: str,
    serializers.ChoiceField: str,  # our choices are texts
    serializers.DateTimeField: _moment,
    serializers.FloatField: float,
    serializers.IntegerField: int,
    serializers.UUIDField: str,
}
