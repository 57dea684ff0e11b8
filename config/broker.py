"""How the doorbell is set: in memory of one worker, or Redis for any number of them.

The job's row is the queue, so nothing here may matter for what is done, only for how soon: a message may be lost,
repeated or late. That is why connections give up early, why nothing is tried again when publishing (the next sweep
rings), and why running work is not cancelled when Redis goes away, as its result commits under a lease.
"""

QUEUE = "factcheck"
TIME_LIMIT, SOFT_TIME_LIMIT = 900, 840

_REDIS_OPTIONS: dict[str, object] = {
    "visibility_timeout": 3600,  # above the time limit; nothing relies on it
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "socket_keepalive": True,
    "health_check_interval": 10,  # a half-open connection is noticed after about 21 s
    "max_retries": 0,  # of connecting in order to publish
}


def settings(redis_url: str | None, workers: int) -> dict[str, object]:
    """Give Celery's settings."""
    return {
        **(_served(redis_url) if redis_url else _embedded()),
        "CELERY_TASK_IGNORE_RESULT": True,
        "CELERY_TASK_ACKS_LATE": True,
        "CELERY_TASK_REJECT_ON_WORKER_LOST": True,  # safe because attempts are counted in our row
        "CELERY_TASK_TIME_LIMIT": TIME_LIMIT,
        "CELERY_TASK_SOFT_TIME_LIMIT": SOFT_TIME_LIMIT,
        "CELERY_TASK_DEFAULT_QUEUE": QUEUE,
        "CELERY_WORKER_CONCURRENCY": workers,
        "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
        "CELERY_WORKER_MAX_TASKS_PER_CHILD": 200,
        "CELERY_WORKER_MAX_MEMORY_PER_CHILD": 600_000,  # kB
        "CELERY_WORKER_HIJACK_ROOT_LOGGER": False,
        "CELERY_WORKER_ENABLE_REMOTE_CONTROL": False,
        "CELERY_WORKER_CONSUMER": "factcheck.jobs.consumer:PatientConsumer",
        "CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS": False,
    }


def _embedded() -> dict[str, object]:
    return {
        "CELERY_BROKER_URL": "embedded://localhost/",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {"polling_interval": 0.05},
    }


def _served(redis_url: str) -> dict[str, object]:
    secure = {"CELERY_BROKER_USE_SSL": {"ssl_cert_reqs": "required"}} if redis_url.startswith("rediss:") else {}
    return {
        **secure,
        "CELERY_BROKER_URL": redis_url,
        "CELERY_BROKER_TRANSPORT_OPTIONS": _REDIS_OPTIONS,
        "CELERY_BROKER_CONNECTION_TIMEOUT": 2,
        "CELERY_BROKER_CONNECTION_RETRY": True,
        "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        "CELERY_BROKER_CONNECTION_MAX_RETRIES": None,  # for ever
        "CELERY_TASK_PUBLISH_RETRY": False,
    }
