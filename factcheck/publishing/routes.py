"""What every public address asks: nothing."""

from collections.abc import Mapping

from factcheck.newsroom.routes import Door, Route, shows

_PUBLIC = (
    *("index", "speaker", "conflict", "review", "revision", "changes", "document", "embed", "oembed"),
    *("picture", "site-picture"),
    *("data-feed", "table", "atom", "json-feed", "sitemap", "sitemap-part", "robots"),
)

ROUTES: Mapping[str, Route] = {f"publishing:{name}": shows(Door.PUBLIC) for name in _PUBLIC}
