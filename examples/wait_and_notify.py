"""Wait until a job run has ended, then say so to a webhook, such as one of a chat.

python examples/wait_and_notify.py PLATFORM_ID WORKSPACE_KEY JOB_RUN_KEY [WEBHOOK]
"""

import sys

import httpx
from aidp_workbench import StillRunningError, connect
from aidp_workbench.runs import (
    current_task_runs,
    has_failed,
    status_of,
    wait_for_job_run,
)


def main(platform: str, workspace: str, job_run_key: str, webhook: str = "") -> int:
    with connect() as client:
        try:
            job_run, task_runs = wait_for_job_run(
                client, platform, workspace, job_run_key, timeout=3600
            )
        except StillRunningError as error:
            text, code = f"{job_run_key} has not ended after an hour: {error}", 124
        else:
            current = current_task_runs(job_run, task_runs)
            failed = ", ".join(str(run.name) for run in current if has_failed(run))
            text = f"{job_run.name}: {status_of(job_run)}; failed tasks: {failed or 'none'}"
            code = 1 if has_failed(job_run) else 0
    print(text)
    if webhook:
        httpx.post(webhook, json={"text": text}).raise_for_status()
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
