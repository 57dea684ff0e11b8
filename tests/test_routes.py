"""Every address stands in one table that says what it asks; the tables name no address that is not there."""

import importlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from factcheck.newsroom.permissions import TABLE, Action
from factcheck.newsroom.routes import Door, Route

ROOMS = [path.parent.name for path in sorted(Path(__file__).parent.parent.glob("factcheck/*/routes.py"))]
TABLES: Mapping[str, Mapping[str, Route]] = {
    room: importlib.import_module(f"factcheck.{room}.routes").ROUTES for room in ROOMS if room != "newsroom"
}
ROWS = [(name, route) for table in TABLES.values() for name, route in table.items()]


def addresses(resolver: URLResolver, space: str = "", before: str = "") -> Iterator[str]:
    """The full name of every address; its pattern where it has no name."""
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space, pattern)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}" if entry.name else pattern


def test_every_address_stands_in_a_table_once() -> None:
    there = set(addresses(get_resolver()))
    listed = Counter(name for name, _ in ROWS)

    assert there - set(listed) == set(), "addresses that no table of routes lists"
    assert set(listed) - there == set(), "rows without an address"
    assert [name for name, times in listed.items() if times > 1] == []


def test_an_address_without_a_row_is_noticed() -> None:
    from django.urls import path

    class Loose(URLResolver):
        url_patterns = [path("loose/", lambda request: None, name="loose")]  # type: ignore[arg-type,return-value]  # never called

    assert list(addresses(Loose(get_resolver().pattern, ""))) == ["loose"]


@pytest.mark.parametrize(("name", "route"), ROWS, ids=[name for name, _ in ROWS])
def test_a_row_asks_something_for_each_method(name: str, route: Route) -> None:
    assert route.methods
    assert route.methods <= {"GET", "POST", "PUT", "PATCH", "DELETE"}
    assert all(asked in TABLE if isinstance(asked, Action) else asked in Door for asked in route.asks.values())


def test_the_rows_of_the_api_are_what_its_views_ask() -> None:
    from factcheck.api import urls
    from factcheck.api.routes import ROUTES

    found: dict[str, Any] = {f"api:{entry.name}": entry.callback for entry in urls.urlpatterns}
    views = {name: view for name, view in found.items() if hasattr(view, "actions")}
    asked = {
        name: {method.upper(): view.cls.rights[act].action for method, act in view.actions.items() if method != "head"}
        for name, view in views.items()
    }

    assert {name: dict(ROUTES[name].asks) for name in views} == asked
    others = {name for name in ROUTES if name not in views and not name.startswith("google:")}
    assert others == {"api:schema", "api:documentation", "api:nothing"}
