"""What a workspace holds, as operations list and get it: its sample job runs and its story."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from starlette.responses import JSONResponse, Response

from tools.service.collections import Keys, Own
from tools.service.contract import Call
from tools.service.data import Workspace
from tools.service.errors import not_found
from tools.service.pages import PageTokens
from tools.service.sample_job_runs import job_run_item, task_run_item
from tools.service.story.plan import Item, key_of
from tools.service.task_runs import TaskRuns


class Holdings:
    """The collections of a workspace, and the operations that it answers by itself."""

    def __init__(self, workspace: Workspace, tokens: PageTokens) -> None:
        self._workspace = workspace
        story = workspace.story
        self._task_runs = _AllTaskRuns(workspace)
        self._job_runs = {one.key: job_run_item(one) for one in workspace.job_runs.values()}
        self._job_runs |= story.job_runs
        self._lists = TaskRuns({**workspace.job_runs, **story.listed}, tokens)
        self.known = {
            "aiDataPlatformId": [workspace.ai_data_platform_id],
            "workspaceKey": [workspace.key],
            "jobRunKey": [*self._job_runs],
        }
        self.own: dict[str, Own] = {
            "listWorkspaces": lambda _: _workspaces(workspace.key),
            "listJobs": self._inside(lambda _: story.jobs),
            "listJobRuns": self._inside(lambda _: self._job_runs),
            "listTaskRuns": self._inside(lambda _: self._task_runs),
            "listTaskRunRetries": self._inside(self._retries),
        }
        self.answers: dict[str, Callable[[Call], Response]] = {
            "listTaskRuns": self._list_task_runs,
            "fetchOutput": self._fetch_output,
        }

    def _inside(self, own: Own) -> Own:
        """The same in this workspace; other workspaces are empty."""
        inside = ("workspaceKey", self._workspace.key)
        return lambda above: own(above) if inside in above else {}

    def _retries(self, above: Keys) -> Mapping[str, Item]:
        retries = self._task_runs[above[-1][1]].get("retries", ())
        # A list calls the task run by another name.
        return {one["key"]: {**one, "taskRunId": one["taskRunKey"]} for one in retries}

    def _list_task_runs(self, call: Call) -> Response:
        if call.path["workspaceKey"] != self._workspace.key:
            raise not_found("jobRunKey")
        return self._lists.list(call)

    def _fetch_output(self, call: Call) -> Response:
        """The output of a task run, or of one of its attempts by its own key."""
        task_run = self._task_runs[call.path["taskRunKey"]]
        found = self._workspace.story.task_runs.get(task_run["key"])
        key = call.body.get("outputKey", task_run.get("outputKey"))
        outputs = found.outputs if found else {}
        if key is not None and key not in outputs:
            raise not_found("outputKey")
        return JSONResponse(outputs[key] if key else {"data": [], "isTruncated": False})


class _AllTaskRuns(Mapping[str, Item]):
    """All task runs of a workspace by their keys. Those of the sample are made when one is used."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._story = workspace.story.task_runs

    @cached_property
    def _sample(self) -> dict[str, Item]:
        job_runs = self._workspace.job_runs.values()
        return {run["key"]: run for job_run in job_runs for run in job_run}

    def __getitem__(self, key: str) -> Item:
        return self._story[key].item if key in self._story else task_run_item(self._sample[key])

    def __iter__(self) -> Iterator[str]:
        yield from self._sample
        yield from self._story

    def __len__(self) -> int:
        return len(self._sample) + len(self._story)


def _workspaces(key: str) -> dict[str, Item]:
    """The workspaces of the platform by their keys: this one, and two that are empty."""
    named = {
        key_of("workspace default"): ("Default workspace", "DEFAULT"),
        key_of("workspace sandbox"): ("Sandbox", "USER"),
        key: ("Sales analytics", "USER"),
    }
    return {
        one: {
            "key": one,
            "displayName": name,
            "type": kind,
            "lifecycleState": "ACTIVE",
            "isPrivateNetworkEnabled": False,
            "timeCreated": f"2026-01-0{number + 5}T08:00:00.000Z",
            "createdByName": "Ana Souza",
        }
        for number, (one, (name, kind)) in enumerate(named.items())
    }
