"""What becomes of a task by those before it, and of a job run by its tasks."""

from collections.abc import Iterable, Mapping

from tools.service.story.attempts import NOT_STARTED, TaskRun
from tools.service.story.plan import Fate, Item, Task

FAILED = frozenset({"FAILED", "TIMED_OUT", "INTERNAL_ERROR", "UPSTREAM_FAILED"})
_CANCELED = frozenset({"CANCELED", "UPSTREAM_CANCELED"})
ENDED = frozenset({"SUCCESS", "SKIPPED", "EXCLUDED"}) | FAILED | _CANCELED
SUCCESS = Fate("SUCCESS", "The task succeeded.")


def held_up(task: Task, before: Iterable[TaskRun]) -> Fate | None:
    """What the tasks before do to a task; `None` if it can run."""
    statuses = {one.status for one in before}
    if statuses - ENDED:
        return Fate("PENDING", "Waiting for the tasks before.")
    if task.run_if == "ALL_DONE":
        return None
    if statuses & FAILED:
        return Fate("UPSTREAM_FAILED", "A task before this one failed.")
    if statuses & _CANCELED:
        return Fate("UPSTREAM_CANCELED", "A task before this one was canceled.")
    return None


def state_of(statuses: Mapping[str, str]) -> Item:
    """The state of a job run whose tasks, by their keys, have these statuses."""
    status, message = "SUCCESS", "All tasks succeeded."
    if going_on := [one for one in statuses.values() if one not in ENDED]:
        started = {*statuses.values()} - NOT_STARTED
        status = "RUNNING" if started else going_on[0]
        message = "Running." if started else "Waiting."
    elif failed := [key for key, one in statuses.items() if one in FAILED]:
        status = "TIMED_OUT" if statuses[failed[0]] == "TIMED_OUT" else "FAILED"
        message = f"Task {failed[0]} failed."
    elif _CANCELED & {*statuses.values()}:
        status, message = "CANCELED", "Canceled by a user."
    stopped = status in {"TIMED_OUT", "CANCELED"}
    return {"status": status, "stateMessage": message, "isUserCanceledOrTimedOut": stopped}
