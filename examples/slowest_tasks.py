"""Print the tasks that took longest in the newest runs of each job.

python examples/slowest_tasks.py PLATFORM_ID WORKSPACE_KEY
"""

import sys
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from aidp_workbench import WorkbenchError, connect, paginate, paginate_many
from aidp_workbench.runs import duration
from aidp_workbench_api.api.job_runs import list_job_runs
from aidp_workbench_api.api.task_runs import list_task_runs


def main(platform: str, workspace: str) -> None:
    where: dict[str, Any] = {"ai_data_platform_id": platform, "workspace_key": workspace}
    since = datetime.now(UTC) - timedelta(days=7)
    took: list[tuple[timedelta, str, str]] = []
    with connect() as client:
        job_runs = paginate(
            list_job_runs, **where, time_created_greater_than_or_equal_to=since, client=client
        )
        job_of = {one.key: one.job_name or "?" for one in islice(job_runs, 100)}
        for key, page in paginate_many(
            list_task_runs, "job_run_key", job_of, **where, client=client
        ):
            if isinstance(page, WorkbenchError):
                print(f"{job_of[key]}: {page}", file=sys.stderr)
                continue
            took += [
                (time, job_of[key], run.name or "?")
                for run in page.items
                if (time := duration(run)) is not None
            ]
    for time, job, task in sorted(took, reverse=True)[:10]:
        print(f"{time!s:>16}  {job}: {task}")


if __name__ == "__main__":
    main(*sys.argv[1:])
