"""Job runs: when each task runs, what becomes of it, and of the job run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tools.service.story.attempts import TaskRun, run_task, summary
from tools.service.story.outcomes import ENDED, SUCCESS, held_up, state_of
from tools.service.story.plan import Fate, Fates, Item, Job, Task, key_of, parameters, text_of

_BEFORE_FIRST, _BETWEEN = 4_000, 3_000  # milliseconds
RUN_AS = "pipelines@example.com"


@dataclass(frozen=True)
class Nesting:
    """Where a nested job run belongs: the keys of its parent, its root and the task run."""

    parent: str
    root: str
    task_run: str


class Run:
    """A run of a job, with nested runs, and with its repairs as they come.

    Args:
        job: The job that runs.
        label: What distinguishes this run from all others; its keys follow from it.
        created: When it was created, in milliseconds since 1970.
        fates: What happens to its tasks.
        jobs: All jobs, for nested runs.
    """

    def __init__(
        self,
        job: Job,
        label: str,
        created: int,
        fates: Fates,
        jobs: Mapping[str, Job],
        *,
        nesting: Nesting | None = None,
        launched: str = "SCHEDULED",
        created_by: str = RUN_AS,
    ) -> None:
        self.job = job
        self.key = key_of(label)
        self.task_runs: list[TaskRun] = []
        """All task runs, those that a repair replaced too, in the order of their creation."""
        self.nested: list[Run] = []
        self._label = label
        self.created = created
        self._jobs = jobs
        self._nesting = nesting
        self._launched = launched
        self._created_by = created_by
        self._current: dict[str, TaskRun] = {}
        self._history: list[Item] = []
        self._execute(job.tasks, created + _BEFORE_FIRST, fates)

    def repair(self, at: int) -> None:
        """Run again what did not succeed; this time it does."""
        again = [task for task in self.job.tasks if self._current[task.key].status != "SUCCESS"]
        self._execute(again, at, {})

    def _execute(self, tasks: Iterable[Task], start: int, fates: Fates) -> None:
        number = len(self._history)
        tasks = tuple(tasks)
        for task in tasks:
            before = [self._current[key] for key in task.after]
            began = max([start, *(one.end + _BETWEEN for one in before)])
            label = f"{self._label}/{task.key}/{number}"
            fate = held_up(task, before) or fates.get(task.key) or SUCCESS
            if task.job and fate.status == "SUCCESS":
                fate = self._run_nested(task, label, began, fates)
            found = run_task(label, task, fate, began)
            found.item.update(self._ancestors(), jobKey=self.job.key, jobRunKey=self.key)
            self._current[task.key] = found
            self.task_runs.append(found)
        entry: Item = {
            "key": number,
            "type": "REPAIR" if number else "ORIGINAL",
            "state": self._state(),
            **self._times(start, [self._current[task.key] for task in tasks]),
            "taskToTaskRunMap": self._map(),
            "parameters": parameters(self.job.parameters),
        }
        if number:
            entry["repairedTasks"] = [task.key for task in tasks]
        self._history.append(entry)

    def _run_nested(self, task: Task, label: str, began: int, fates: Fates) -> Fate:
        """Run the job of a task; the task ends as the nested job run does."""
        root = self._nesting.root if self._nesting else self.key
        prefix = f"{task.key}/"
        run = Run(
            self._jobs[task.job],
            f"{label}/{task.job}",
            began + 18_000,
            {k.removeprefix(prefix): one for k, one in fates.items() if k.startswith(prefix)},
            self._jobs,
            nesting=Nesting(self.key, root, key_of(label)),
        )
        self.nested.append(run)
        item = run.item()
        status = item["state"]["status"]
        seconds = (item["endTime"] - item["startTime"]) // 1000
        words = "succeeded" if status == "SUCCESS" else "failed"
        return Fate(status, f"Job run {run.key} {words}.", seconds=seconds)

    def item(self) -> Item:
        """The job run as a get returns it."""
        own = parameters(self.job.parameters)
        item: Item = {
            "key": self.key,
            "name": self.job.name,
            "jobKey": self.job.key,
            "jobName": self.job.name,
            **self._ancestors(),
            "state": self._state(),
            "launched": self._launched,
            **self._times(self.created + _BEFORE_FIRST, self._current.values()),
            "timeoutSeconds": self.job.timeout_seconds,
            "tasks": [task.item() for task in self.job.tasks],
            "taskToTaskRunMap": self._map(),
            "taskRunSummaryMap": {one.item["key"]: summary(one.item) for one in self.task_runs},
            "parameters": own,
            "unifiedJobAndJobRunParameters": own,
            "systemParameters": {"job.run.key": self.key, "job.name": self.job.name},
            "repairKey": self._history[-1]["key"],
            "repairHistory": self._history,
            "repairedTasks": self._history[-1].get("repairedTasks", []),
            "runAs": RUN_AS,
            "timeCreated": text_of(self.created),
            "createdByName": self._created_by,
        }
        ended = item.get("endTime")
        if ended:
            item["runDuration"] = sum(one["executionDuration"] for one in self._history)
        return item | {"timeUpdated": text_of(ended or self.created)}

    def _ancestors(self) -> Item:
        if self._nesting is None:
            return {"rootJobRunKey": self.key}
        return {
            "parentJobRunKey": self._nesting.parent,
            "rootJobRunKey": self._nesting.root,
            "parentTaskRunKey": self._nesting.task_run,
        }

    def _map(self) -> dict[str, str]:
        return {key: one.item["key"] for key, one in self._current.items()}

    def _state(self) -> Item:
        return state_of({key: one.status for key, one in self._current.items()})

    def _times(self, start: int, task_runs: Iterable[TaskRun]) -> Item:
        status = self._state()["status"]
        if status not in ENDED:
            return {"startTime": start} if status == "RUNNING" else {}
        end = max(one.end for one in task_runs)
        return {"startTime": start, "endTime": end, "executionDuration": end - start}
