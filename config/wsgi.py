"""The web application, for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# Loaded before gunicorn forks, so that its processes share it; and left alone by the collector, which would write to
# every page of it.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
