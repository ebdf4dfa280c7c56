"""The commands, put together. Each is in a module of `commands` with its options."""

from __future__ import annotations

from typing import Annotated, Any

from typer import Exit, Option, Typer
from typer.core import TyperGroup

from aidp_workbench import __version__

from .commands import config, failures, jobs, workspaces
from .commands.job_runs import list as list_job_runs
from .commands.job_runs import show as show_job_run
from .commands.job_runs import watch as watch_job_run
from .commands.task_runs import failures as task_run_failures
from .commands.task_runs import list as list_task_runs
from .commands.task_runs import output, timeline, watch
from .commands.task_runs import show as show_task_run

_EXAMPLES = """\b
Examples, in the order in which a new user may need them:
  aidp-workbench config                              # who signs, and for which host
  aidp-workbench workspaces list                     # the keys of workspaces
  aidp-workbench jobs list                           # the names of jobs
  aidp-workbench failures --since yesterday          # what failed, and why
  aidp-workbench job-runs show --job NAME --latest   # how the latest run went
  aidp-workbench task-runs output KEY                # what a task printed
  aidp-workbench job-runs watch KEY && ./publish.sh

\b
Exit codes: 0 done; 1 something failed (failures, watch); 2 wrong usage;
3 the service failed or the output could not be written; 4 credentials or
configuration cannot be used; 5 some job runs could not be looked through
(failures); 124 the time was up (watch).
"""
_ORDER = ("config", "workspaces", "jobs", "failures", "job-runs", "task-runs")


class _Commands(TyperGroup):
    """Lists the commands in the order in which a new user needs them."""

    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(super().list_commands(ctx), key=_ORDER.index)


# Without rich, which takes half of the time of `--help`.
app = Typer(
    cls=_Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(epilog=config.EXAMPLES)(config.config)
app.command("failures", epilog=failures.EXAMPLES)(failures.show_failures)


def _group(name: str, help_: str) -> Typer:
    group = Typer(no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name=name, help=help_)
    return group


_workspaces = _group("workspaces", "Show the workspaces of a platform.")
_workspaces.command("list", epilog=workspaces.EXAMPLES)(workspaces.list_workspaces)

_jobs = _group("jobs", "Show the jobs of a workspace.")
_jobs.command("list", epilog=jobs.EXAMPLES)(jobs.list_jobs)

_job_runs = _group("job-runs", "Show how jobs ran.")
_job_runs.command("list", epilog=list_job_runs.EXAMPLES)(list_job_runs.list_job_runs)
_job_runs.command("show", epilog=show_job_run.EXAMPLES)(show_job_run.show_job_run)
_job_runs.command("watch", epilog=watch_job_run.EXAMPLES)(watch_job_run.watch)

_task_runs = _group("task-runs", "Show what the tasks of a job run did.")
_task_runs.command("list", epilog=list_task_runs.EXAMPLES)(list_task_runs.list_task_runs)
_task_runs.command("show", epilog=show_task_run.EXAMPLES)(show_task_run.show_task_run)
_task_runs.command("output", epilog=output.EXAMPLES)(output.show_output)
_task_runs.command("failures", epilog=task_run_failures.EXAMPLES)(task_run_failures.show_failures)
_task_runs.command("watch", epilog=watch.EXAMPLES)(watch.watch)
_task_runs.command("timeline", epilog=timeline.EXAMPLES)(timeline.draw_timeline)


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
    """Show what your jobs did in the Oracle AI Data Platform Workbench.

    A profile in ~/.oci/config says who signs, as for OCI's own tools. Add two lines to it, and no
    command needs more: aidp_platform_id=OCID and aidp_workspace_key=KEY. --platform and
    --workspace come before them, and so do AIDP_PLATFORM_ID and AIDP_WORKSPACE_KEY.
    """
