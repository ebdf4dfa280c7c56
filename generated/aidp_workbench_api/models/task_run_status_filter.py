from enum import StrEnum


class TaskRunStatusFilter(StrEnum):
    BLOCKED = "BLOCKED"
    CANCELED = "CANCELED"
    EXCLUDED = "EXCLUDED"
    FAILED = "FAILED"
    INTERNAL_ERROR = "INTERNAL_ERROR"
    PENDING = "PENDING"
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    SKIPPED = "SKIPPED"
    SUCCESS = "SUCCESS"
    UPSTREAM_CANCELED = "UPSTREAM_CANCELED"
    UPSTREAM_FAILED = "UPSTREAM_FAILED"

    def __str__(self) -> str:
        return str(self.value)
