"""The options that several commands take, in groups. See `command.with_options`."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import datetime
from importlib.util import find_spec
from typing import Annotated, Literal

from typer import Argument, BadParameter, Option

from aidp_workbench.auth.settings import AuthName  # noqa: TC001  # typer reads annotations

from . import install_command
from .defaults import PLATFORM, WORKSPACE
from .names.completion import complete_job
from .parsers import completion, one_of, values, whole_number
from .times import EXAMPLES, METAVAR, parse_time

_STATUSES = ("task_run_status", "task_run_status_filter")

Statuses = Annotated[
    list[str],
    Option(
        "--status",
        metavar="STATUS",
        parser=one_of(*_STATUSES),
        autocompletion=completion(*_STATUSES),
        help="Only those in this status; may be given several times. One of"
        f" {', '.join(values(*_STATUSES))}.",
    ),
]
Jobs = Annotated[
    list[str],
    Option(
        "--job",
        metavar="NAME|KEY",
        autocompletion=complete_job,
        help="Only runs of this job; may be given several times.",
    ),
]
_TIMES = f"Such as {EXAMPLES}; local time, unless it has an offset."
Since = Annotated[
    datetime | None,
    Option("--since", metavar=METAVAR, parser=parse_time, help=f"Created since then. {_TIMES}"),
]
Until = Annotated[
    datetime | None,
    Option("--until", metavar=METAVAR, parser=parse_time, help="Created until then."),
]


def only_one(given: list[str]) -> list[str]:
    """Refuse several values, of which the last would silently take the place of the others."""
    if len(given) > 1:
        raise BadParameter(f"one at a time, not {', '.join(given)}.")
    return given


@dataclass(frozen=True, kw_only=True)
class Connection:
    """How to reach the service, and who signs."""

    profile: Annotated[
        str | None,
        Option(
            metavar="NAME",
            help="Profile to sign with; else OCI_CLI_PROFILE, default_profile of ~/.oci/oci_cli_rc,"
            " DEFAULT.",
        ),
    ] = None
    config_file: Annotated[
        str | None,
        Option(
            metavar="FILE",
            help="Where the profile is; else OCI_CLI_CONFIG_FILE, OCI_CONFIG_FILE, ~/.oci/config.",
        ),
    ] = None
    region: Annotated[
        str | None,
        Option(
            metavar="NAME",
            help="Such as us-ashburn-1 or IAD; else OCI_CLI_REGION, OCI_REGION or that of the"
            " profile.",
        ),
    ] = None
    auth: Annotated[
        AuthName | None, Option(help="How to sign; else OCI_CLI_AUTH, else as the profile says.")
    ] = None
    base_url: Annotated[
        str | None,
        Option(
            metavar="URL",
            help="Where the service is, in place of the host of the region; else AIDP_ENDPOINT,"
            " OCI_CLI_ENDPOINT.",
        ),
    ] = None
    api_version: Annotated[
        str | None,
        Option(
            metavar="VERSION",
            help="20240831 for tenancies that have only the older API; else AIDP_API_VERSION.",
        ),
    ] = None
    debug: Annotated[
        bool, Option("--debug", help="Log retries, and show the traceback of an error.")
    ] = False


Platform = Annotated[
    str | None, Option(metavar="OCID", help=f"The AI Data Platform instance; {PLATFORM.help}")
]
Workspace = Annotated[str | None, Option(metavar="KEY", help=f"The workspace; {WORKSPACE.help}")]


@dataclass(frozen=True, kw_only=True)
class PlatformOptions(Connection):
    """Which platform, and how to show times."""

    platform: Platform = None
    utc: Annotated[bool, Option("--utc", help="Show times in UTC instead of local time.")] = False


@dataclass(frozen=True, kw_only=True)
class WorkspaceOptions(PlatformOptions):
    """Which workspace."""

    workspace: Workspace = None


@dataclass(frozen=True, kw_only=True)
class ListOptions:
    """What of a listing to show, and how."""

    name: Annotated[
        str | None,
        Option("--name", metavar="NAME", help="Only those with exactly this display name."),
    ] = None
    sort_by: Annotated[
        str | None,
        Option(
            metavar="PROPERTY",
            parser=one_of("task_run_sort_by"),
            autocompletion=completion("task_run_sort_by"),
            help=f"One of {', '.join(values('task_run_sort_by'))}; timeCreated if not given.",
        ),
    ] = None
    sort_order: Annotated[
        str | None,
        Option(
            metavar="|".join(values("sort_order")),
            parser=one_of("sort_order"),
            autocompletion=completion("sort_order"),
            help="Ascending or descending. If not given, the newest come first, and names go from"
            " A to Z.",
        ),
    ] = None
    limit: Annotated[
        int | None,
        Option(
            metavar="N",
            parser=whole_number(1),
            help="At most this many; if not given, all of them.",
        ),
    ] = None
    output: Annotated[
        Literal["table", "json", "jsonl", "csv", "parquet"] | None,
        Option(
            "--output",
            "-o",
            help="If not given, a table on a terminal, JSON lines otherwise.",
        ),
    ] = None
    csv_exact: Annotated[
        bool,
        Option(
            "--csv-exact",
            help="For csv: leave values that a spreadsheet would run as they are, without the"
            " apostrophe before them.",
        ),
    ] = False

    def __post_init__(self) -> None:
        if self.csv_exact and self.output != "csv":
            raise BadParameter("it needs --output csv.", param_hint="--csv-exact")
        if self.output == "parquet":
            _check_parquet()


def _check_parquet() -> None:
    """Raise BadParameter if Parquet cannot be written, or would be written to a terminal."""
    hint = "--output"
    if find_spec("pyarrow") is None:
        raise BadParameter(f"parquet needs pyarrow: {install_command('arrow')}.", param_hint=hint)
    if sys.stdout.isatty():
        raise BadParameter("parquet is binary: add `> FILE`.", param_hint=hint)


@dataclass(frozen=True, kw_only=True)
class WorkspaceListOptions(ListOptions):
    """The same for workspaces, which have no status."""

    sort_by: Annotated[
        str | None,
        Option(
            metavar="PROPERTY",
            parser=one_of("workspace_sort_by"),
            autocompletion=completion("workspace_sort_by"),
            help=f"One of {', '.join(values('workspace_sort_by'))}; timeCreated if not given.",
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class JobRunOptions:
    """Which job run: its key, or the latest, of one job or of all."""

    # Lists, so that a second one is refused.
    job_run: Annotated[list[str], Option(metavar="KEY", callback=only_one, help="The job run.")] = (
        field(default_factory=list[str])
    )
    job: Annotated[
        list[str],
        Option(
            metavar="NAME|KEY",
            callback=only_one,
            autocompletion=complete_job,
            help="With --latest: of which job.",
        ),
    ] = field(default_factory=list[str])
    latest: Annotated[
        bool, Option("--latest", help="The job run that was created last, in place of a key.")
    ] = False

    @property
    def key(self) -> str | None:
        return next(iter(self.job_run), None)

    def __post_init__(self) -> None:
        if self.key is None and not self.latest:
            given = "--job needs --latest" if self.job else "no job run"
            raise BadParameter(f"{given}: give its key, or --latest, or --job NAME --latest.")
        if self.key is not None and (self.latest or self.job):
            raise BadParameter("give the key of a job run, or --latest, not both.")


@dataclass(frozen=True, kw_only=True)
class TaskRunArgument(JobRunOptions):
    """Which task run: its key, or a name in the job run that the others choose."""

    task_run: Annotated[
        str, Argument(metavar="KEY", help="The task run; its name, if a job run is given.")
    ]

    def __post_init__(self) -> None:
        if self.key is not None or self.latest or self.job:
            super().__post_init__()


@dataclass(frozen=True, kw_only=True)
class JobRunArgument(JobRunOptions):
    """The same with the key as an argument."""

    job_run: Annotated[
        list[str],
        Argument(metavar="[KEY]", callback=only_one, show_default=False, help="The job run."),
    ] = field(default_factory=list[str])
