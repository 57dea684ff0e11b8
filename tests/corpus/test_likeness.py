from uuid import uuid4

import pytest

from factcheck.corpus.services.likeness import likeness
from factcheck.corpus.services.sketching import keys_of
from tests.corpus.wire import moulded, printed


@pytest.mark.parametrize("name", printed())
def test_an_agencys_story_is_known_again_as_other_outlets_print_it(name: str) -> None:
    story, other = printed()[name]
    desk = uuid4()

    found = likeness(story, other)

    assert found is not None
    assert found.is_copy
    assert set(keys_of(desk, story)) & set(keys_of(desk, other))


@pytest.mark.parametrize("name", moulded())
def test_local_news_of_one_mould_are_as_many_articles(name: str) -> None:
    found = likeness(*moulded()[name])

    assert found is None or not found.is_copy
