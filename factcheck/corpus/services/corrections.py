"""One correction by hand on its way: what it touches, before and after; indexed, settled, told at its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from factcheck.corpus.models import Anchor, Article, Revision, Statement
from factcheck.corpus.services.indexing import index_statements
from factcheck.corpus.services.pairing import settle_pairs
from factcheck.corpus.services.rematching import queue_rematching
from factcheck.corpus.services.snapshots import Snapshot, fields_in, put_anchor, snapshot_of, stands_as
from factcheck.corpus.services.translation import engine_value
from factcheck.ledger.changes import Change
from factcheck.ledger.errors import StaleVersion


@dataclass
class Correction:
    """One correction on its way: the statements it touches, as they stood before."""

    change: Change
    article: Article
    revision: Revision
    before: dict[UUID, Snapshot | None] = field(default_factory=dict)
    rows: dict[UUID, Statement] = field(default_factory=dict)

    def anchor_of(self, statement: Statement) -> Anchor | None:
        """Where a statement stands now."""
        return Anchor.objects.filter(statement=statement, revision=self.revision).first()

    def add(self, statement: Statement, fields: Mapping[str, Any], parts: dict[str, Any]) -> None:
        """Write a new statement that stands at `parts`."""
        for name, value in {**fields, "mended_at": self.change.now}.items():
            setattr(statement, name, value)
        statement.save(force_insert=True)
        self._touch(statement, None)
        put_anchor(statement, self.revision, parts)

    def edit(self, statement: Statement, version: int, fields: Mapping[str, Any], parts: dict[str, Any] | None) -> None:
        """Write fields of a statement, and where it stands if `parts` say so."""
        self._touch(statement, snapshot_of(statement, self.anchor_of(statement)))
        self.change.edit(statement, version, **{"mended_at": self.change.now, **fields})
        if parts is not None:
            put_anchor(statement, self.revision, parts)

    def put_back(self, kept: list[dict[str, Any]], subject: Statement, version: int) -> None:
        """Write what stood before an earlier correction; what it added is taken back.

        Raises:
            StaleVersion: something does not stand as that correction left it.
        """
        rows = Statement.objects.filter(article=self.article).in_bulk([row["id"] for row in kept])
        rows[subject.pk] = subject
        gone = {"gone_at": self.change.now, "removed_at": self.change.now, "mended_at": self.change.now}
        # What goes away makes room for what comes back.
        for row in sorted(kept, key=lambda one: one["before"] is not None and one["before"]["gone_at"] is None):
            statement = rows[UUID(row["id"])]
            if not stands_as(snapshot_of(statement, self.anchor_of(statement)), row["after"]):
                raise StaleVersion
            seen = version if statement.pk == subject.pk else statement.version
            fields = fields_in(row["before"]) if row["before"] else gone
            self.edit(statement, seen, fields, row["before"]["anchor"] if row["before"] else None)

    def close(self, verb: str, subject: Statement, **said: Any) -> None:
        """Index what stands differently, settle and compare its pairs, and write the history."""
        present = [row for row in self.rows.values() if row.gone_at is None]
        self._index(present)
        settle_pairs(self.change, self.article)
        queue_rematching(self.change, self.article, self.rows.values(), f"{subject.pk}:{subject.version}")
        rows = [self._told(row) for row in self.rows.values()]
        body = {"revision": self.revision.number, "statements": rows, **said}
        self.change.audit(verb, subject, desk_id=self.article.desk_id, **body)

    def _touch(self, statement: Statement, before: Snapshot | None) -> None:
        self.before.setdefault(statement.pk, before)
        self.rows[statement.pk] = statement
        self.change.touch(statement)

    def _index(self, rows: list[Statement]) -> None:
        anchors = Anchor.objects.filter(revision=self.revision, statement__in=rows)
        anchors = anchors.select_related("statement__speaker", "statement__reported_by", "statement__article")
        index_statements(
            self.article,
            [anchor.statement for anchor in anchors],
            [engine_value(anchor, self.revision.text) for anchor in anchors],
        )

    def _told(self, row: Statement) -> dict[str, Any]:
        after = snapshot_of(row, self.anchor_of(row))
        return {"id": str(row.pk), "version": row.version, "before": self.before[row.pk], "after": after}
