"""The task runs of the workspace, whose statuses, retries and order belong together."""

from collections.abc import Iterator
from functools import lru_cache

from starlette.responses import Response

from tools.service.contract import Call
from tools.service.data import TaskRun, Workspace, encoded
from tools.service.listing import Query, select
from tools.service.pages import PageTokens


class TaskRuns:
    """Lists the task runs of a job run."""

    def __init__(self, workspace: Workspace, tokens: PageTokens) -> None:
        self._workspace = workspace
        self._tokens = tokens
        # Every page of a listing needs the same selection.
        self._select = lru_cache(maxsize=16)(
            lambda query: select(workspace.job_runs[query.job_run_key], query)
        )

    def __iter__(self) -> Iterator[TaskRun]:
        for job_run in self._workspace.job_runs.values():
            yield from job_run

    def list(self, call: Call) -> Response:
        """The page of task runs that a valid call asks for."""
        query = Query.of(call.query)
        positions, headers = self._tokens.page(query, call.query, self._select(query))
        job_run = self._workspace.job_runs[query.job_run_key]
        items = b",".join(encoded(job_run, position) for position in positions)
        return Response(b'{"items":[%b]}' % items, 200, headers, "application/json")
