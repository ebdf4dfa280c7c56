"""The sample workspace. Each task run follows from its job run and its position alone.

So a task run is made on demand: a job run of a million costs nothing until it is listed,
the same position always holds the same task run, and a longer job run begins like a shorter one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from json import dumps
from typing import Any
from uuid import UUID

from tools.service.samples import ERROR_TRACES, MESSAGES, NAMES
from tools.service.story import ListedRun, Story, tell

TaskRun = dict[str, Any]
"""A task run in its JSON form."""

AI_DATA_PLATFORM_ID = "ocid1.aidataplatform.oc1.iad.amaaaaaasample7workbench3local5endpoint"
WORKSPACE_KEY = "3f0c5f0e-6d1b-4c36-9a51-7e2b8d94c0aa"
JOB_RUN_KEY = "0b9d4c1e-52a7-4f0b-8f6e-3a1d5c7e9b24"
_CHILD_KEYS = ("5a7e1b90-0c4d-4e8f-b1a2-9d3c6f5e7081", "c2d4e6f8-1a3b-4c5d-8e7f-6a5b4c3d2e1f")
_GRANDCHILD_KEY = "9e8d7c6b-5a49-4382-a716-0f1e2d3c4b5a"
_SCHEDULER_KEY = "71c3a5e7-9b0d-4f2e-8c6a-4d5e6f708192"

FIRST_CREATED = 1_777_514_400_000  # 2026-04-30T02:00:00Z
_BETWEEN_CREATIONS = 30_000

# Status and attempt of task runs in a row, again and again. An attempt above 0 is a retry of the
# task before. The first 15 rows have every status; None stands for a run without a state.
_ROWS: tuple[tuple[str | None, int], ...] = (
    ("FAILED", 0), ("TIMED_OUT", 1), ("SUCCESS", 2), ("INTERNAL_ERROR", 0), ("RUNNING", 1),
    ("CANCELED", 0), ("PENDING", 0), ("QUEUED", 0), ("SKIPPED", 0), ("BLOCKED", 0),
    ("CANCELING", 0), ("UPSTREAM_CANCELED", 0), ("UPSTREAM_FAILED", 0), ("EXCLUDED", 0),
    ("PAUSED_MAINTENANCE", 0), ("SUCCESS", 0), ("SUCCESS", 0), (None, 0), ("SUCCESS", 0),
    ("FAILED", 0), ("FAILED", 1), ("FAILED", 2), ("SUCCESS", 0), ("SUCCESS", 0), ("SUCCESS", 0),
    ("INTERNAL_ERROR", 0), ("SUCCESS", 1), ("SUCCESS", 0), ("SUCCESS", 0), ("SUCCESS", 0),
)  # fmt: skip
PERIOD = len(_ROWS)
_TASKS_UP_TO = tuple(accumulate(attempt == 0 for _, attempt in _ROWS))

_GOING_ON = frozenset({"RUNNING", "CANCELING", "PAUSED_MAINTENANCE"})
_ENDED = frozenset({"SUCCESS", "FAILED", "INTERNAL_ERROR", "TIMED_OUT", "CANCELED"})
_STOPPED = frozenset({"CANCELING", "CANCELED", "TIMED_OUT"})


@dataclass(frozen=True)
class JobRun:
    """A job run; iterating gives its task runs in the order of their creation."""

    key: str
    size: int
    parent_key: str | None = None
    root_key: str | None = None

    def __len__(self) -> int:
        return self.size

    def __iter__(self) -> Iterator[TaskRun]:
        return map(self.task_run, range(self.size))

    def task_run(self, position: int) -> TaskRun:
        """The task run at this position."""
        rounds, row = divmod(position, PERIOD)
        status, attempt = _ROWS[row]
        task = rounds * _TASKS_UP_TO[-1] + _TASKS_UP_TO[row]
        noise = blake2b(f"{self.key}/{position}".encode(), digest_size=20).digest()
        name = NAMES[task % len(NAMES)]
        run: TaskRun = {
            "key": str(UUID(bytes=noise[:16])),
            "name": name if task % 3 == 0 else f"{name} {task}",
            "taskKey": f"task_{task}",
            "jobRunKey": self.key,
            "retryAttempt": attempt,
        }
        if task % 101 == 100:
            run["name"] = None
        self._add_ancestors(run, task)
        _add_or_not(run, "externalId", f"spark-{position}", noise[16])
        _add_times(run, status, FIRST_CREATED + position * _BETWEEN_CREATIONS, noise[17:])
        if status is not None:
            run["state"] = _state(status, noise[19])
        elif rounds % 2 == 0:
            run["state"] = None
        return run

    def _add_ancestors(self, run: TaskRun, task: int) -> None:
        if self.parent_key is not None:
            run |= {"parentJobRunKey": self.parent_key, "rootJobRunKey": self.root_key}
        elif task % 4 == 1:
            run |= {"parentJobRunKey": _SCHEDULER_KEY, "rootJobRunKey": _SCHEDULER_KEY}
        elif task % 4 == 2:
            run |= {"parentJobRunKey": None, "rootJobRunKey": self.key}
        elif task % 4 == 3:
            run |= {"parentJobRunKey": None, "rootJobRunKey": None}


def _add_times(run: TaskRun, status: str | None, created: int, noise: bytes) -> None:
    """A retry is created 30 s after the attempt before it, which has ended by then."""
    validated = created + 500 + noise[0] * 4
    started = validated + 1_000 + noise[1] * 10
    took = 20_000 if status != "SUCCESS" else 1_000 + noise[0] * noise[1] * 50
    if status in _GOING_ON or status in _ENDED:
        _add_or_not(run, "clusterValidationStartTime", validated, noise[1])
        run["startTime"] = started
    if status in _ENDED:
        run["endTime"] = started + took
    elif noise[0] % 2:
        run["endTime"] = None


def _add_or_not(run: TaskRun, name: str, value: object, noise: int) -> None:
    """Half of the time the value is there, otherwise it is null or missing."""
    if noise % 4 >= 2:
        run[name] = value
    elif noise % 4 == 1:
        run[name] = None


def _state(status: str, noise: int) -> dict[str, Any]:
    state: dict[str, Any] = {"status": status}
    _add_or_not(state, "stateMessage", MESSAGES[status], noise)
    if status in ERROR_TRACES:
        state["errorTrace"] = ERROR_TRACES[status]
    elif noise % 2:
        state["errorTrace"] = None
    if status in _STOPPED or noise % 8 < 6:
        state["isUserCanceledOrTimedOut"] = status in _STOPPED
    return state


@lru_cache(maxsize=50_000)
def encoded(job_run: JobRun | ListedRun, position: int) -> bytes:
    """The task run at this position as JSON."""
    text = dumps(job_run.task_run(position), ensure_ascii=False, separators=(",", ":"))
    return text.encode()


@dataclass(frozen=True)
class Workspace:
    """The workspace that the service knows: its sample job runs by their keys, and its story."""

    ai_data_platform_id: str
    key: str
    job_runs: Mapping[str, JobRun]
    story: Story = field(default_factory=lambda: _story(datetime.now(UTC)))


def sample_workspace(task_runs: int, now: datetime | None = None) -> Workspace:
    """A workspace whose main job run has this many task runs, with nested job runs below it.

    Its story ends `now`, which is a time with a zone.
    """
    main = JobRun(JOB_RUN_KEY, task_runs)
    children = [JobRun(key, 40, main.key, main.key) for key in _CHILD_KEYS]
    grandchild = JobRun(_GRANDCHILD_KEY, 5, children[0].key, main.key)
    job_runs = {job_run.key: job_run for job_run in (main, *children, grandchild)}
    story = _story(now or datetime.now(UTC))
    return Workspace(AI_DATA_PLATFORM_ID, WORKSPACE_KEY, job_runs, story)


def _story(now: datetime) -> Story:
    """The story until this minute."""
    return _told(now.replace(second=0, microsecond=0))


_told = lru_cache(maxsize=1)(tell)  # a program may start many services
