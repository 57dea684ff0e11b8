"""The models that come with the engine, for tests that need a real one."""

import pytest

from factcheck.engine import SHIPPED

needs_weights = pytest.mark.skipif(not SHIPPED.is_dir(), reason="the engine has no model of its own yet")
