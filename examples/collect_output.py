"""Save what each failed task of a job run printed, in a folder with a file for each task run.

python examples/collect_output.py PLATFORM_ID WORKSPACE_KEY JOB_RUN_KEY FOLDER
"""

import sys
from pathlib import Path
from typing import Any

from aidp_workbench import ServiceError, connect, fetch, paginate
from aidp_workbench.runs import has_failed, latest_attempts
from aidp_workbench_api.api.task_runs import fetch_output, list_task_runs
from aidp_workbench_api.models import FetchOutputDetails


def main(platform: str, workspace: str, job_run_key: str, folder: str) -> None:
    where: dict[str, Any] = {"ai_data_platform_id": platform, "workspace_key": workspace}
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    with connect() as client:
        runs = paginate(list_task_runs, **where, job_run_key=job_run_key, client=client)
        for run in filter(has_failed, latest_attempts(runs)):
            if not run.key:
                continue  # the service may leave any property out
            try:
                output = fetch(
                    fetch_output,
                    **where,
                    task_run_key=run.key,
                    body=FetchOutputDetails(),
                    client=client,
                )
            except ServiceError as error:
                print(f"{run.name}: {error}", file=sys.stderr)
                continue
            texts = [str(part.value) for part in output.data or () if part.type_ == "TEXT_PLAIN"]
            file = target / f"{run.key}.txt"
            file.write_text("\n".join(texts), encoding="utf-8")
            print(f"{run.name}: {file}")


if __name__ == "__main__":
    main(*sys.argv[1:])
