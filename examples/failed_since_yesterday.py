"""Print what failed in a workspace since yesterday, by job, and exit with 1 if anything did.

python examples/failed_since_yesterday.py PLATFORM_ID WORKSPACE_KEY
"""

import sys
from collections import defaultdict
from datetime import UTC, datetime, timedelta

from aidp_workbench import WorkbenchError, connect
from aidp_workbench.runs import failed_task_runs


def main(platform: str, workspace: str) -> int:
    since = datetime.now(UTC) - timedelta(days=1)
    lines_by_job: dict[str, list[str]] = defaultdict(list)
    with connect() as client:
        for job_run, found in failed_task_runs(client, platform, workspace, since=since):
            if isinstance(found, WorkbenchError):
                line = f"could not be looked through: {found}"
            elif found is None:
                line = "failed before any of its tasks"
            else:
                trace = (found.state and found.state.error_trace) or "no trace"
                line = f"{found.name}: {trace.splitlines()[0]}"
            lines_by_job[job_run.job_name or job_run.key].append(line)
    for job, lines in sorted(lines_by_job.items()):
        print(job, *lines, sep="\n  ")
    return 1 if lines_by_job else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
