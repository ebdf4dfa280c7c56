"""Task runs, their attempts, and what they printed."""

import gzip
from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import blake2b

from tools.service.story.plan import Fate, Item, Task, key_of

NOT_STARTED = frozenset(
    {"PENDING", "QUEUED", "BLOCKED", "SKIPPED", "EXCLUDED", "UPSTREAM_CANCELED", "UPSTREAM_FAILED"}
)
_GOING_ON = frozenset({"RUNNING", "CANCELING", "PAUSED_MAINTENANCE"})
_SETUP, _CLEANUP, _INTERVAL = 18_000, 2_000, 30_000  # milliseconds

_SUMMARY = (
    "key", "name", "taskKey", "jobRunKey", "parentJobRunKey", "rootJobRunKey", "externalId",
    "retryAttempt", "clusterValidationStartTime", "startTime", "endTime", "state",
)  # fmt: skip


@dataclass(frozen=True)
class TaskRun:
    """A task run as a get returns it, with its retries, and its outputs by their keys."""

    item: Item
    retries: list[Item] = field(default_factory=list)
    outputs: dict[str, Item] = field(default_factory=dict)

    @property
    def status(self) -> str:
        status: str = self.item["state"]["status"]
        return status

    @property
    def end(self) -> int:
        """When it ended, in milliseconds since 1970; 0 if it did not start, or goes on."""
        return self.item.get("endTime") or 0


def summary(task_run: Item) -> Item:
    """A task run as a list shows it."""
    return {name: task_run[name] for name in _SUMMARY if name in task_run}


def run_task(label: str, task: Task, fate: Fate, began: int) -> TaskRun:
    """Run a task from `began` on, attempt by attempt; the last one is the task run itself."""
    key = key_of(label)
    retries: list[Item] = []
    outputs: dict[str, Item] = {}
    attempt: Item = {}
    for number, one in enumerate((*fate.before, fate)):
        attempt = _attempt(f"{label} {number}", task, one, began)
        if "outputKey" in attempt:
            outputs[attempt["outputKey"]] = _output(task, one, attempt)
        retry = {"key": key_of(f"{label} retry {number}"), "retryNumber": number, "name": task.key}
        retries.append({**retry, "taskRunKey": key, **attempt})
        began = attempt.get("endTime", began) + _INTERVAL
    item = {
        "key": key,
        "name": task.key,
        "taskKey": task.key,
        "retryAttempt": len(fate.before),
        **attempt,
        "task": task.item(),
        "retries": retries[:-1],
    }
    return TaskRun(item, retries[:-1], outputs)


def _attempt(label: str, task: Task, fate: Fate, began: int) -> Item:
    state: Item = {
        "status": fate.status,
        "stateMessage": fate.message,
        "isUserCanceledOrTimedOut": fate.status in {"CANCELED", "TIMED_OUT"},
    }
    if fate.trace:
        state["errorTrace"] = fate.trace
    attempt: Item = {"state": state}
    if fate.status in NOT_STARTED:
        return attempt
    attempt |= {
        "outputKey": key_of(f"{label} output"),
        "externalId": f"app-{key_of(label)[:8]}",
        "clusterValidationStartTime": began,
        "startTime": began + _SETUP,
        "setupDuration": _SETUP,
    }
    if fate.status not in _GOING_ON:
        noise = 900 + blake2b(label.encode()).digest()[0]  # from 0.9 to 1.15 times as long
        took = task.seconds * noise if fate.seconds is None else fate.seconds * 1000
        attempt |= {
            "endTime": began + _SETUP + took,
            "executionDuration": took,
            "cleanupDuration": _CLEANUP,
        }
    return attempt


def _output(task: Task, fate: Fate, attempt: Item) -> Item:
    """What an attempt printed. Output of clicks is cut off, that of customers is compressed."""
    text = fate.printed or f"{task.key}: started\n"
    if fate.status == "SUCCESS":
        text += f"{task.key}: 48,213 rows, done in {attempt['executionDuration'] // 1000} s ✓\n"
    data: Item = {"type": "TEXT_PLAIN", "charset": "UTF_8", "isBase64": False, "value": text}
    if task.key.endswith("_clicks"):
        data["value"] += "".join(f"partition 7: offset {n}\n" for n in range(0, 20_000, 100))
    data["length"] = str(len(data["value"].encode()))
    if task.key.endswith("_customers"):
        packed = b64encode(gzip.compress(text.encode(), mtime=0)).decode()
        data |= {"value": packed, "isBase64": True, "compression": "GZIP"}
    output: Item = {
        "key": attempt["outputKey"],
        "taskType": task.type,
        "data": [data],
        "isTruncated": task.key.endswith("_clicks"),
    }
    if fate.trace:
        output["errorTrace"] = fate.trace
    if fate.status == "SUCCESS":
        output["outputParameters"] = [{"name": "rows", "value": "48213"}]
    return output
