"""Google's `fields` parameter: the wanted parts of an answer, as in `claims(text,claimReview/url),nextPageToken`."""

import re
from collections.abc import Iterator
from typing import Any

Mask = dict[str, "Mask"]
LONGEST, DEEPEST = 2_000, 10
_TOKEN = re.compile(r"\s*([A-Za-z_]\w*|[*(),/])")


class BadMask(Exception):
    """The parameter cannot be read; says where."""


def parse_mask(said: str) -> Mask:
    """Read a mask; an empty one wants everything.

    Raises:
        BadMask: it is no such thing.
    """
    if len(said) > LONGEST:
        raise BadMask("fields is too long.")
    tokens = list(_tokens(said))
    mask = _list(tokens, 0)
    if tokens:
        raise BadMask(f"fields has “{tokens[0]}” where a name should stand.")
    return mask


def masked(answer: Any, mask: Mask) -> Any:
    """What is wanted of an answer."""
    if isinstance(answer, list):
        return [masked(row, mask) for row in answer]
    if not mask or "*" in mask or not isinstance(answer, dict):
        return answer
    return {name: masked(answer[name], inner) for name, inner in mask.items() if name in answer}


def _tokens(said: str) -> Iterator[str]:
    at = 0
    while said[at:].strip():
        found = _TOKEN.match(said, at)
        if found is None:
            raise BadMask(f"fields cannot be read from “{said[at : at + 20]}” on.")
        yield found[1]
        at = found.end()


def _list(tokens: list[str], depth: int) -> Mask:
    mask: Mask = {}
    while tokens and tokens[0] not in (")", ","):
        name, inner = _field(tokens, depth)
        mask.setdefault(name, {}).update(inner)
        if tokens and tokens[0] == ",":
            tokens.pop(0)
            if not tokens or tokens[0] in (")", ","):
                raise BadMask("fields has a comma without a name after it.")
    return mask


def _field(tokens: list[str], depth: int) -> tuple[str, Mask]:
    name = tokens.pop(0)
    if depth > DEEPEST or name in "(/":
        raise BadMask(f"fields has “{name}” where a name should stand.")
    follows = tokens.pop(0) if tokens[:1] and tokens[0] in "/(" else ""
    return name, _below(tokens, depth + 1, follows)


def _below(tokens: list[str], depth: int, follows: str) -> Mask:
    """What is wanted of a field: one part after a slash, several in brackets, or all."""
    if follows == "/":
        if not tokens:
            raise BadMask("fields ends with “/”.")
        return dict([_field(tokens, depth)])
    if follows == "(":
        mask = _list(tokens, depth)
        if not tokens or tokens.pop(0) != ")":
            raise BadMask("fields has a “(” that is not closed.")
        return mask
    return {}
