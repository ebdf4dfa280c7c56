"""Lists of task runs, whose pages stay fast when a job run has a million of them."""

from collections.abc import Mapping
from functools import lru_cache

from starlette.responses import Response

from tools.service.contract import Call
from tools.service.data import JobRun, encoded
from tools.service.listing import Query, select
from tools.service.pages import PageTokens
from tools.service.story import ListedRun


class TaskRuns:
    """Lists the task runs of job runs, which are given by their keys."""

    def __init__(self, job_runs: Mapping[str, JobRun | ListedRun], tokens: PageTokens) -> None:
        self._job_runs = job_runs
        self._tokens = tokens
        # Every page of a listing needs the same selection.
        self._select = lru_cache(maxsize=16)(
            lambda query: select(job_runs[query.job_run_key], query)
        )

    def list(self, call: Call) -> Response:
        """The page of task runs that a valid call asks for."""
        query = Query.of(call.query)
        positions, headers = self._tokens.page(query, call.query, self._select(query))
        job_run = self._job_runs[query.job_run_key]
        items = b",".join(encoded(job_run, position) for position in positions)
        return Response(b'{"items":[%b]}' % items, 200, headers, "application/json")
