from django.db import models

from factcheck.corpus.models.article import Revision
from factcheck.corpus.models.statement import Statement


class StatementEncoding(models.Model):
    """What the candidate index knows a statement by: its terms and those around it, as numbers of four bytes each."""

    statement = models.OneToOneField(Statement, primary_key=True, on_delete=models.CASCADE, related_name="encoding")
    terms = models.BinaryField()
    context = models.BinaryField()

    def __str__(self) -> str:
        return f"terms of statement {self.statement_id}"


class ArticleTerm(models.Model):
    """A term that stands in some statement of an article, or around it: where the search for related articles begins.

    `term` is the term's number on the desk, `place` the article's first number in the change sequence, so that a
    term's articles lie in the order in which they were added. Two columns and one key: at 150 terms an article, each
    byte counts, so a place has four: enough for two thousand million changes, some fifty million articles.
    """

    pk = models.CompositePrimaryKey("term", "place")
    place = models.IntegerField()
    term = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.term} at {self.place}"


class TextKey(models.Model):
    """A key that nearly the same texts of a desk share: where the search for copies begins (`sketching.py`).

    One key, no other index: at 16 rows an article each byte counts. Ids are given in order of time, so a key's
    articles lie in the order in which they were added. Copies have none: what is like them is like their first.
    """

    pk = models.CompositePrimaryKey("key", "article")
    key = models.BigIntegerField()
    article = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.key} of {self.article}"


class RevisionWords(models.Model):
    """The words by which a text is found that the engine does not read, so that it has no statements to find.

    The database keeps a full-text index over them.
    """

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="words")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class StatementWords(models.Model):
    """The words by which a statement is found: what it says, who says it, and through whom it is known.

    The database keeps a full-text index over them.
    """

    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="words")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]
