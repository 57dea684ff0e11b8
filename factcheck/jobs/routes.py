"""What the probes ask: whether we live is everybody's, how the installation is needs a right or the monitor's token."""

from collections.abc import Mapping

from factcheck.newsroom.permissions import Action
from factcheck.newsroom.routes import Door, Route, shows

ROUTES: Mapping[str, Route] = {
    "jobs:life": shows(Door.PUBLIC),
    "jobs:readiness": shows(Door.PUBLIC),
    "jobs:health": shows(Action.READ_HEALTH),
}
