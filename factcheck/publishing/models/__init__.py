"""Publishing's tables."""

from factcheck.publishing.models.export import Export, ExportOf, ExportShape
from factcheck.publishing.models.publication import (
    ClaimReview,
    Publication,
    PublicationQuerySet,
    PublicationState,
    PublishedWords,
    RevisionKind,
)
from factcheck.publishing.models.webhook import (
    Delivery,
    DeliveryAttempt,
    DeliveryState,
    EndpointState,
    Unsent,
    WebhookEndpoint,
    WhyOff,
)

__all__ = [
    "ClaimReview",
    "Delivery",
    "DeliveryAttempt",
    "DeliveryState",
    "EndpointState",
    "Export",
    "ExportOf",
    "ExportShape",
    "Publication",
    "PublicationQuerySet",
    "PublicationState",
    "PublishedWords",
    "RevisionKind",
    "Unsent",
    "WebhookEndpoint",
    "WhyOff",
]
