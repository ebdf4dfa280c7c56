"""`nox -s pictures`: draw the timeline that README shows, from the local endpoint.

The endpoint always holds the same task runs, and those that still run are left out, so that the
picture does not depend on the time. The same version of matplotlib gives the same file.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from aidp_workbench import connect, paginate
from aidp_workbench.cli.output.times import written_time
from aidp_workbench.cli.timeline.draw import write_picture
from aidp_workbench.cli.timeline.timeline import timeline
from aidp_workbench.runs import has_ended
from aidp_workbench_api.api.task_runs import list_task_runs

from tools.local_service import local_service
from tools.paths import ROOT

PICTURE = ROOT / "docs/timeline.svg"
TASK_RUNS = 24


def main() -> int:
    with local_service("--task-runs", str(TASK_RUNS), "--port", "0") as service:
        base_url, config_file = service["base_url"], service["config_file"]
        with connect(base_url=base_url, config_file=config_file, profile="DEFAULT") as client:
            runs = list(
                paginate(
                    list_task_runs,
                    ai_data_platform_id=service["ai_data_platform_id"],
                    workspace_key=service["workspace_key"],
                    job_run_key=service["job_run_key"],
                    client=client,
                )
            )
    drawing = timeline(filter(has_ended, runs), now=datetime.now(UTC))
    PICTURE.parent.mkdir(exist_ok=True)
    title = f"Job run {service['job_run_key']}"
    write_picture(drawing, PICTURE, title=title, since=written_time(drawing.begin, utc=True))
    print(f"{PICTURE}: {drawing.summary}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
