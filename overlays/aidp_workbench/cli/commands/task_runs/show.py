"""`task-runs show`: one task run, and its attempts."""

from __future__ import annotations

from ...command import with_options
from ...options import Shown, TaskRunArgument, WorkspaceOptions

EXAMPLES = """\b
Examples:
  aidp-workbench task-runs show KEY
  aidp-workbench task-runs show load_orders --job nightly_load --latest
  aidp-workbench task-runs show KEY -o json | jq -r .state.errorTrace
"""


@with_options
def show_task_run(
    *, chosen: TaskRunArgument, output: Shown = None, options: WorkspaceOptions
) -> None:
    """Show how a task run went, with its stack trace and its attempts.

    json is what the service said of the task run, with a list attempts.
    """
    from ...connection import opened
    from ...names.task_runs import task_run_key
    from ...show import show_task_run as show

    with opened(options) as workspace:
        show(workspace, task_run_key(workspace, chosen), output, utc=options.utc)
