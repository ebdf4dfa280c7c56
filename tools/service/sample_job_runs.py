"""The sample's job runs and task runs as a get returns them: all are of one job."""

from itertools import islice

from tools.service.data import FIRST_CREATED, PERIOD, JobRun
from tools.service.story.plan import Item, job_key, text_of

_JOB = "backfill_history"
_FAILED = frozenset({"FAILED", "INTERNAL_ERROR", "TIMED_OUT", "UPSTREAM_FAILED"})
_ENDED = _FAILED | {"SUCCESS", "SKIPPED", "EXCLUDED", "CANCELED", "UPSTREAM_CANCELED"}


def job_run_item(job_run: JobRun) -> Item:
    """A job run that fits its task runs: it goes on as long as one of them does."""
    task_runs = [*islice(job_run, PERIOD)]  # later ones have the same statuses
    state = {"status": _status(task_runs)}
    item: Item = {
        "key": job_run.key,
        "name": _JOB,
        "jobKey": job_key(_JOB),
        "jobName": _JOB,
        "rootJobRunKey": job_run.root_key or job_run.key,
        "state": state,
        "launched": "MANUAL",
        "startTime": FIRST_CREATED,
        "repairKey": 0,
        "timeCreated": text_of(FIRST_CREATED),
    }
    if job_run.parent_key:
        item["parentJobRunKey"] = job_run.parent_key
    if state["status"] in _ENDED:
        ends = [one.get("endTime") or FIRST_CREATED for one in job_run]
        item["endTime"] = max(ends, default=FIRST_CREATED)
        item["executionDuration"] = item["endTime"] - FIRST_CREATED
    return item


def _status(task_runs: list[Item]) -> str:
    statuses = [(one.get("state") or {}).get("status", "SUCCESS") for one in task_runs]
    if {*statuses} - _ENDED:
        return "RUNNING"
    # Of the attempts of a task, the last one counts.
    following = [one["retryAttempt"] for one in task_runs[1:]] + [0]
    last = {status for status, attempt in zip(statuses, following, strict=False) if attempt == 0}
    return "FAILED" if _FAILED & last else "SUCCESS"


def task_run_item(task_run: Item) -> Item:
    """A task run with what only a get returns."""
    name = task_run["name"] or task_run["taskKey"]
    return {**task_run, "name": name, "jobKey": job_key(_JOB)}
