"""What the tests of a module share: made once, within a transaction around all of them, each of which is one in it."""

from collections.abc import Iterator

import pytest
from django.test import TestCase
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A module's fixtures may write; after its last test nothing of it is there. For modules that flush nothing."""
    with django_db_blocker.unblock():
        # Django's own way, in which services may take their transactions for the outermost.
        around = TestCase._enter_atomics()  # type: ignore[attr-defined]  # the stubs leave out what is private
        yield
        TestCase._rollback_atomics(around)  # type: ignore[attr-defined]  # the same
