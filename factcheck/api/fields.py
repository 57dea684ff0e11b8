"""Serializers and fields that take exactly what they say: no unknown name, no number for a text."""

from collections.abc import Mapping
from copy import copy, deepcopy
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from factcheck.api.showing import show_row

_LOOKED_FOR = ProhibitSurrogateCharactersValidator  # by the parser, in whatever string


class Shown(serializers.Serializer[Any]):
    """What an answer shows. Fields are listed one by one; nothing is written through it."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """The row as the fields say."""
        return show_row(type(self), instance)


class Sent(serializers.Serializer[Any]):
    """What a request may say. A name that is not listed is refused. `example` stands in the schema."""

    example: ClassVar[Mapping[str, Any]] = {}

    def get_fields(self) -> dict[str, Any]:
        """Its fields, for this request: DRF makes each anew; where none hangs on it, a copy is the same."""
        declared: Mapping[str, Any] = self._declared_fields
        return {name: (deepcopy if _holds_others(one) else copy)(one) for name, one in declared.items()}

    def to_internal_value(self, data: Any) -> Any:
        """Read the fields.

        Raises:
            ValidationError: names every field that is wrong or unknown.
        """
        if isinstance(data, Mapping) and (unknown := [name for name in data if name not in self.fields]):
            raise serializers.ValidationError({name[:60]: ["There is no such field here."] for name in unknown})
        return super().to_internal_value(data)


def _holds_others(field: Any) -> bool:
    return hasattr(field, "child") or isinstance(field, serializers.BaseSerializer)


class Nothing(Sent):
    """A request that says all by its address."""


class Text(serializers.CharField):
    """A text as it was written; the border cleans it, not the field."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, **options)
        # The parser has looked already, faster: a megabyte of text would be walked twice, sign by sign.
        self.validators = [check for check in self.validators if not isinstance(check, _LOOKED_FOR)]

    def to_internal_value(self, data: Any) -> str:
        """Take strings only."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """True or false, not a word for it."""

    def to_internal_value(self, data: Any) -> bool:
        """Take JSON's two only."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Whole(serializers.IntegerField):
    """A whole number, not the text of one."""

    def to_internal_value(self, data: Any) -> int:
        """Take JSON's whole numbers only."""
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class PersonShown(Shown):
    """Who did something."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="__str__")
