"""How the API answers: Django REST Framework's and drf-spectacular's dictionaries."""

from typing import Any

_API = "factcheck.api"


def configuration() -> dict[str, Any]:
    """Give Django's REST_FRAMEWORK."""
    return {
        "DEFAULT_AUTHENTICATION_CLASSES": [
            f"{_API}.authentication.TokenAuthentication",
            f"{_API}.authentication.SessionAuthentication",
        ],
        "DEFAULT_PERMISSION_CLASSES": [f"{_API}.permissions.RightsPermission"],
        "DEFAULT_THROTTLE_CLASSES": [f"{_API}.throttling.PersonThrottle"],
        "DEFAULT_PARSER_CLASSES": [f"{_API}.parsers.StrictJSONParser"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_CONTENT_NEGOTIATION_CLASS": f"{_API}.renderers.AlwaysJSON",
        "DEFAULT_PAGINATION_CLASS": f"{_API}.pagination.SequencePagination",
        "DEFAULT_FILTER_BACKENDS": [f"{_API}.filters.StrictFilterBackend"],
        "DEFAULT_METADATA_CLASS": None,
        "DEFAULT_SCHEMA_CLASS": f"{_API}.schema.DeskSchema",
        "EXCEPTION_HANDLER": f"{_API}.errors.answer_refusal",
        "DATETIME_FORMAT": "iso-8601",
        "URL_FORMAT_OVERRIDE": None,
        "UNICODE_JSON": True,
        "STRICT_JSON": True,
        "COERCE_DECIMAL_TO_STRING": False,
    }


def schema(version: str) -> dict[str, Any]:
    """Give drf-spectacular's SPECTACULAR_SETTINGS."""
    return {
        "TITLE": "Factcheck",
        "DESCRIPTION": (
            "Articles in; statements, suggested conflicts, claims and verdicts out. Programs send an access token as "
            "`Authorization: Bearer …`; people's browsers send their session. Refusals are `application/problem+json` "
            "(RFC 9457) with a stable `code`."
        ),
        "VERSION": version,
        "OAS_VERSION": "3.1.0",
        "SERVE_INCLUDE_SCHEMA": False,
        "SCHEMA_PATH_PREFIX": r"/api/v1",
        "COMPONENT_SPLIT_REQUEST": True,
        "ENUM_NAME_OVERRIDES": {
            "ClaimStateEnum": "factcheck.claims.models.ClaimState",
            "VerdictStateEnum": "factcheck.claims.models.VerdictState",
            "RevisionKindEnum": "factcheck.publishing.models.RevisionKind",
            "FeedStateEnum": "factcheck.corpus.models.FeedState",
            "ImportStateEnum": "factcheck.claims.models.ImportState",
            "ExportOfEnum": "factcheck.publishing.models.ExportOf",
            "ExportShapeEnum": "factcheck.publishing.models.ExportShape",
            "EndpointStateEnum": "factcheck.publishing.models.EndpointState",
            "DeliveryStateEnum": "factcheck.publishing.models.DeliveryState",
            "WhyOffEnum": "factcheck.publishing.models.WhyOff",
            "WhyUnsentEnum": "factcheck.publishing.models.Unsent",
            "JobStateEnum": "factcheck.ledger.models.JobState",
            "ConflictKindEnum": "factcheck.api.conflicts.KINDS",
            "SpeakerKindEnum": "factcheck.api.speakers.KINDS",
            "SpokenKindEnum": "factcheck.api.statements.SPOKEN",
            "PublicationStateEnum": "factcheck.api.publications.STATES",
        },
        "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums"],
    }
