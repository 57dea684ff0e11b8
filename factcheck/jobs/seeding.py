"""The demo newsroom, loaded from plain data. Loading twice changes nothing."""

import json
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from factcheck.claims.services.guidelines import add_guideline
from factcheck.claims.services.ratings import add_rating_scale
from factcheck.corpus.errors import ArticleAlreadyHere
from factcheck.corpus.models import Article
from factcheck.corpus.services.articles import NewArticle, add_article
from factcheck.intake.cleaning import decode_text
from factcheck.ledger.changes import record_change
from factcheck.newsroom.models import Desk, Role, User
from factcheck.newsroom.services import NewMember, add_member, open_desk

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else


class NotADemo(Exception):
    """This database holds a real newsroom; demo content is not loaded into it."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What loading left behind: the articles, and the sign-ins (name, role, password) where this machine knows them."""

    articles: list[Article]
    sign_ins: list[tuple[str, str, str]]


def load_demo(seeds: Path, kept_in: Path, now: datetime) -> Demo:
    """Load desk, people, scales and articles where they are missing; keep the sign-ins in a file of mode 0600.

    Raises:
        NotADemo: the database has people and no demo desk.
    """
    if not Desk.objects.filter(is_demo=True).exists():
        if User.objects.exists():
            raise NotADemo("This database holds a newsroom of its own; demo content is not loaded into it.")
        _open_demo(seeds, kept_in, now)
    desk = Desk.objects.get(is_demo=True)
    adds = User.objects.get(memberships__desk=desk, memberships__role="lead")
    rows = read_toml(seeds / "articles.toml")["articles"]
    return Demo([_article(row, seeds, desk, adds, now) for row in rows], _sign_ins(kept_in))


def _open_demo(seeds: Path, kept_in: Path, now: datetime) -> None:
    newsroom = read_toml(seeds / "newsroom.toml")
    passwords = {row["username"]: _password() for row in newsroom["people"]}
    _keep(kept_in, newsroom["people"], passwords)
    with record_change(actor=None, now=now) as change:
        desk = open_desk(change, newsroom["desk"]["name"], newsroom["desk"]["slug"], is_demo=True)
        for row in newsroom["people"]:
            password = passwords[row["username"]]
            add_member(change, desk, NewMember(row["username"], row["name"], Role(row["role"]), password))
        for scale in read_toml(seeds / "rating_scales.toml")["scales"]:
            add_rating_scale(change, desk, scale["name"], scale["ratings"])
        add_guideline(change, desk, (seeds / "guidelines.md").read_text(encoding="utf-8"))


def _article(row: Mapping[str, Any], seeds: Path, desk: Desk, person: User, now: datetime) -> Article:
    text = decode_text((seeds / "articles" / row["file"]).read_bytes())
    new = NewArticle(text, outlet=row["outlet"], published_at=row["published"], adds_outlet=True)
    try:
        return add_article(new, desk, person, now)
    except ArticleAlreadyHere as there:
        return Article.objects.get(pk=there.article_id)


def _password() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))


def _keep(kept_in: Path, people: list[dict[str, str]], passwords: Mapping[str, str]) -> None:
    kept_in.unlink(missing_ok=True)
    kept_in.touch(mode=0o600)
    rows = [[person["username"], person["role"], passwords[person["username"]]] for person in people]
    kept_in.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _sign_ins(kept_in: Path) -> list[tuple[str, str, str]]:
    if not kept_in.exists():
        return []
    return [(name, role, password) for name, role, password in json.loads(kept_in.read_text(encoding="utf-8"))]


def read_toml(path: Path) -> dict[str, Any]:
    """A file of the seeds."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
