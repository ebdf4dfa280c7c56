"""What jobs are made of, and what can happen to their tasks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

Item = dict[str, Any]
"""Something of the API in its JSON form."""


@dataclass(frozen=True)
class Task:
    """A task of a job; `seconds` is how long it usually takes."""

    key: str
    type: str
    seconds: int
    after: tuple[str, ...] = ()
    run_if: str = "ALL_SUCCESS"
    max_retries: int = 0
    job: str = ""
    """The job that a JOB_TASK runs."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What only tasks of this type have."""

    def item(self) -> Item:
        return {
            "type": self.type,
            "taskKey": self.key,
            "runIf": self.run_if,
            "dependsOn": [{"taskKey": key} for key in self.after],
            "maxRetries": self.max_retries,
            "minRetryIntervalMillis": 30_000,
            "isRetryOnTimeout": False,
            **({"jobKey": job_key(self.job)} if self.job else {}),
            **self.more,
        }


@dataclass(frozen=True)
class Job:
    """A job and its tasks, each after those that it depends on."""

    name: str
    description: str
    tasks: tuple[Task, ...]
    hour: int | None = None
    """When it runs each night, with `minute`; `None` if no schedule starts it at an hour."""
    minute: int = 0
    cron: str = ""
    timeout_seconds: int = 0
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return job_key(self.name)


@dataclass(frozen=True)
class Fate:
    """What happens to one attempt of a task."""

    status: str
    message: str
    trace: str | None = None
    seconds: int | None = None
    """How long it takes, if not as long as usual."""
    printed: str | None = None
    before: "tuple[Fate, ...]" = ()
    """The attempts before this one."""


Fates = Mapping[str, Fate]
"""By the key of a task, or `outer/inner` for a task of a nested job. Others succeed."""


def key_of(label: str) -> str:
    """The key of the thing that a label names: always the same."""
    return str(UUID(bytes=blake2b(label.encode(), digest_size=16).digest()))


def job_key(name: str) -> str:
    return key_of(f"job {name}")


def parameters(values: Mapping[str, str]) -> list[Item]:
    return [{"name": name, "value": value} for name, value in values.items()]


def text_of(milliseconds: int) -> str:
    """A time as RFC 3339 writes it."""
    time = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
