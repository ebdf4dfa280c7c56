"""Count the task runs of many job runs by status, all listed at the same time, with asyncio.

python examples/status_board.py PLATFORM_ID WORKSPACE_KEY
"""

import asyncio
import sys
from collections import Counter, defaultdict
from typing import Any

from aidp_workbench import WorkbenchError, apaginate, apaginate_many, connect
from aidp_workbench.runs import status_of
from aidp_workbench_api.api.job_runs import list_job_runs
from aidp_workbench_api.api.task_runs import list_task_runs


async def main(platform: str, workspace: str) -> None:
    where: dict[str, Any] = {"ai_data_platform_id": platform, "workspace_key": workspace}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    async with connect() as client:
        job_of = {
            one.key: one.job_name or "?"
            async for one in apaginate(list_job_runs, **where, client=client)
        }
        async for key, page in apaginate_many(
            list_task_runs, "job_run_key", job_of, **where, client=client
        ):
            if isinstance(page, WorkbenchError):
                counts[job_of[key]]["could not be listed"] += 1
            else:
                counts[job_of[key]].update(status_of(run) or "no status" for run in page.items)
    for job, by_status in sorted(counts.items()):
        print(job, *(f"{count} {status}" for status, count in by_status.most_common()), sep="  ")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
