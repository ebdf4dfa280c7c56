"""The commands, put together. Each is in a module of `commands` with its options."""

from __future__ import annotations

from typing import Annotated

from typer import Exit, Option, Typer

from aidp_workbench import __version__

from .commands import config, failures, timeline, watch
from .commands import list as list_

_EXAMPLES = """\b
Examples:
  aidp-workbench task-runs list --job-run KEY --status FAILED --utc
  aidp-workbench task-runs watch --job-run KEY && ./publish.sh
  aidp-workbench task-runs failures --job-run KEY
  aidp-workbench config

\b
Exit codes: 0 done; 1 task runs failed (failures, watch); 2 wrong usage;
3 the service failed or the output could not be written; 4 credentials or
configuration cannot be used; 124 the time was up (watch).
"""

# Without rich, which takes half of the time of `--help`.
app = Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
task_runs = Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(task_runs, name="task-runs", help="Show what the tasks of a job run did.")
app.command(epilog=config.EXAMPLES)(config.config)
task_runs.command("list", epilog=list_.EXAMPLES)(list_.list_task_runs)
task_runs.command("failures", epilog=failures.EXAMPLES)(failures.show_failures)
task_runs.command("watch", epilog=watch.EXAMPLES)(watch.watch)
task_runs.command("timeline", epilog=timeline.EXAMPLES)(timeline.draw_timeline)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        print(f"aidp-workbench {__version__}", flush=True)
        raise Exit


@app.callback(epilog=_EXAMPLES)
def workbench(
    *,
    version: Annotated[
        bool,
        Option("--version", callback=_print_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Show what the tasks of your job runs did in the Oracle AI Data Platform Workbench.

    AIDP_PLATFORM_ID (or AIDP_INSTANCE_ID) and AIDP_WORKSPACE_KEY stand in for --platform and
    --workspace, and what OCI's own tools read for the rest: OCI_CLI_PROFILE and the like, then
    ~/.oci/config. `aidp-workbench config` shows what is used, and where it came from.
    """
