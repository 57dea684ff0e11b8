"""A statement as a W3C Web Annotation: which words of which text, who said them and what sort of saying it is.

Positions count Unicode code points of the stored text, from 0, the end not included, as the recommendation demands;
the quotation beside them finds the words where a reader counts otherwise.
"""

from typing import Any, Final

from factcheck.corpus.models import Anchor, Revision, Statement

ANNOTATIONS: Final = "http://www.w3.org/ns/anno.jsonld"
AROUND: Final = 32  # code points before and after a quotation, to tell it from the same words elsewhere


def annotation_of(statement: Statement, anchor: Anchor, revision: Revision) -> dict[str, Any]:
    """One statement at its place in the newest text of its article."""
    text, start, end = revision.text, anchor.start, anchor.end
    quotation = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {
        "id": statement.pk.urn,
        "type": "Annotation",
        "motivation": ["identifying", "classifying"],
        "body": [_body("identifying", statement.said_by), _body("classifying", statement.act)],
        "target": {"source": _text_of(statement, revision), "selector": [quotation, position]},
    }


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _text_of(statement: Statement, revision: Revision) -> dict[str, str]:
    """The text that positions count: ours, as it was taken in; `via` is where it came from."""
    stored = {"id": revision.pk.urn, "type": "Text", "format": "text/plain", "language": revision.language}
    return stored | ({"via": statement.article.url} if statement.article.url else {})
