"""The commands, put together. Each is in a module of `commands` with its options."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

from typer import Exit, Option, Typer
from typer.core import TyperGroup
from typer.main import get_group

from aidp_workbench import __version__

from .commands import config, failures

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


class _Group(TyperGroup):
    """A group whose commands are imported when one of them is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        self._import()
        return super().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        self._import()
        return super().get_command(ctx, cmd_name)

    def _import(self) -> None:
        if not self.commands:
            name = (self.name or "").replace("-", "_")
            module = import_module(f".commands.{name}", __package__)
            self.commands = get_group(module.app).commands


for _name, _help in (
    ("workspaces", "Show the workspaces of a platform."),
    ("jobs", "Show the jobs of a workspace."),
    ("job-runs", "Show how jobs ran."),
    ("task-runs", "Show what the tasks of a job run did."),
):
    _empty = Typer(cls=_Group, no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(_empty, name=_name, help=_help)


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
