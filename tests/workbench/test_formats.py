"""What pages make of values for people."""

import pytest

from factcheck.corpus.models import Statement
from factcheck.workbench.templatetags.desk_format import hedge


@pytest.mark.parametrize(
    ("content", "is_hedged", "said"),
    [
        ("Putin purportedly agreed to a halt", True, "purportedly"),
        ("the dam may fail", True, "hedged"),
        ("the dam allegedly failed", False, ""),
    ],
)
def test_how_far_a_report_goes_is_said_in_its_own_word(content: str, is_hedged: bool, said: str) -> None:
    assert hedge(Statement(content=content, hedged=is_hedged)) == said
