"""The story of the sample workspace, from several nights ago until now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain

from tools.service.story import fates
from tools.service.story.attempts import TaskRun, summary
from tools.service.story.jobs import JOBS
from tools.service.story.plan import Fates, Item, Job, key_of, parameters, text_of
from tools.service.story.runs import RUN_AS, Run

_NIGHTS, _HOURS = 10, 30
_ENGINEER = "Ana Souza"
_FIRST = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, eq=False)
class ListedRun:
    """A job run with its task runs, as lists show them, in the order of their creation."""

    key: str
    task_runs: tuple[TaskRun, ...]

    def __len__(self) -> int:
        return len(self.task_runs)

    def __iter__(self) -> Iterator[Item]:
        return map(self.task_run, range(len(self)))

    def task_run(self, position: int) -> Item:
        return summary(self.task_runs[position].item)


@dataclass(frozen=True)
class Story:
    """All that happened: jobs, job runs and task runs by their keys, as gets return them."""

    jobs: Mapping[str, Item]
    job_runs: Mapping[str, Item]
    """In the order of their creation."""
    listed: Mapping[str, ListedRun]
    task_runs: Mapping[str, TaskRun]


def tell(now: datetime) -> Story:
    """The story as it is at this time: with ten nights, the last one at least three hours ago."""
    runs = [*_nightly(now), *_hourly(now), *_by_hand(now)]
    everything = sorted(chain(runs, *(one.nested for one in runs)), key=lambda run: run.created)
    listed = {run.key: ListedRun(run.key, tuple(run.task_runs)) for run in everything}
    return Story(
        jobs={job.key: _job_item(job, number) for number, job in enumerate(JOBS.values())},
        job_runs={run.key: run.item() for run in everything},
        listed=listed,
        task_runs={one.item["key"]: one for run in everything for one in run.task_runs},
    )


def last_night(now: datetime) -> datetime:
    """The latest 2 o'clock, in UTC, that is at least three hours ago."""
    before = now.astimezone(UTC) - timedelta(hours=3)
    night = before.replace(hour=2, minute=0, second=0, microsecond=0)
    return night if night <= before else night - timedelta(days=1)


def _nightly(now: datetime) -> Iterator[Run]:
    for ago in range(_NIGHTS):
        for job in (one for one in JOBS.values() if one.hour is not None):
            night = last_night(now) - timedelta(days=ago)
            created = night.replace(hour=job.hour or 0, minute=job.minute)
            run = _run(job, f"{ago} nights ago", created, fates.NIGHTS.get((job.name, ago), {}))
            if job.name == "nightly_customers" and ago == 0:
                run.repair(_milliseconds(created + timedelta(minutes=70)))
            yield run


def _hourly(now: datetime) -> Iterator[Run]:
    hour = (now.astimezone(UTC) - timedelta(minutes=6)).replace(minute=5, second=0, microsecond=0)
    for ago in range(_HOURS):
        created = hour - timedelta(hours=ago)
        happened = fates.CLICKSTREAM.get(ago, {})
        yield _run(JOBS["hourly_clickstream"], f"{ago} hours ago", created, happened)


def _by_hand(now: datetime) -> Iterator[Run]:
    """What a user started: an export that was canceled, and what still waits."""
    canceled = last_night(now) + timedelta(hours=2)
    yield _run(JOBS["export_to_finance"], "by hand", canceled, fates.CANCELED, _ENGINEER)
    waiting = now - timedelta(minutes=1)
    yield _run(JOBS["archive_events"], "by hand", waiting, fates.QUEUED, _ENGINEER)


def _run(job: Job, when: str, created: datetime, happened: Fates, user: str = "") -> Run:
    label, start = f"{job.name} {when}", _milliseconds(created)
    if user:
        return Run(job, label, start, happened, JOBS, launched="MANUAL", created_by=user)
    return Run(job, label, start, happened, JOBS)


def _milliseconds(time: datetime) -> int:
    return int(time.timestamp()) * 1000


def _job_item(job: Job, number: int) -> Item:
    """A job as a get returns it."""
    created = _milliseconds(_FIRST + timedelta(days=number))
    item: Item = {
        "key": job.key,
        "name": job.name,
        "description": job.description,
        "path": f"/Workspace/Shared/jobs/{job.name}.job",
        "tasks": [task.item() for task in job.tasks],
        "parameters": parameters(job.parameters),
        "maxConcurrentRuns": 1,
        "timeoutSeconds": job.timeout_seconds,
        "runAs": RUN_AS,
        "timeCreated": text_of(created),
        "timeUpdated": text_of(created + 86_400_000),
        "createdBy": f"ocid1.user.oc1..{key_of(_ENGINEER).replace('-', '')}",
        "createdByName": _ENGINEER,
        "updatedByName": _ENGINEER,
    }
    cron = job.cron or (f"0 {job.minute} {job.hour} * * ?" if job.hour is not None else "")
    if cron:
        item["schedule"] = {
            "quartzCronExpression": cron,
            "timezoneId": "UTC",
            "pauseStatus": "UNPAUSED",
        }
    return item
