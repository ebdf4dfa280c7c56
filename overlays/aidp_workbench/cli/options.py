"""The options that every command takes, so that they may stand after the command."""

from __future__ import annotations

import inspect
from dataclasses import MISSING, dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any, Concatenate, ParamSpec, TypeVar, get_type_hints

from typer import BadParameter, Option

from aidp_workbench.auth.settings import AuthName  # noqa: TC001  # typer reads annotations

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
Options = TypeVar("Options", bound="Connection")


class _Names(list[str]):
    """Names of variables, which a message shows as people write a list."""

    def __str__(self) -> str:
        return ", ".join(self)


# Our own names first, then those of Oracle's command line.
PLATFORM_VARIABLES = _Names(["AIDP_PLATFORM_ID", "AIDP_INSTANCE_ID", "INSTANCE_ID"])
WORKSPACE_VARIABLES = _Names(["AIDP_WORKSPACE_KEY"])


def _only_one(keys: list[str]) -> list[str]:
    if len(keys) > 1:
        raise BadParameter(f"one at a time, not {', '.join(keys)}.")
    return keys


# A list, so that a second job run is refused rather than silently taken in place of the first.
_JobRun = Annotated[
    list[str], Option("--job-run", metavar="KEY", help="The job run.", callback=_only_one)
]


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
    debug: Annotated[
        bool, Option("--debug", help="Log retries, and show the traceback of an error.")
    ] = False


@dataclass(frozen=True, kw_only=True)
class Shared(Connection):
    """Which job run, how to reach it, and how to show it."""

    platform: Annotated[
        str,
        Option(metavar="OCID", envvar=PLATFORM_VARIABLES, help="The AI Data Platform instance."),
    ]
    workspace: Annotated[
        str, Option(metavar="KEY", envvar=WORKSPACE_VARIABLES, help="The workspace.")
    ]
    job_run: str
    utc: Annotated[bool, Option("--utc", help="Show times in UTC instead of local time.")] = False


def with_shared(command: Callable[Concatenate[Shared, P], None]) -> Callable[..., None]:
    """`command` as typer needs it: taking the options of `Shared` one by one, beside its own."""
    return _with_options(Shared, command)


def with_connection(command: Callable[Concatenate[Connection, P], None]) -> Callable[..., None]:
    """The same with the options of `Connection`."""
    return _with_options(Connection, command)


def _with_options(
    kind: type[Options], command: Callable[Concatenate[Options, P], None]
) -> Callable[..., None]:
    hints = get_type_hints(kind, include_extras=True) | {"job_run": _JobRun}
    shared = [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if field.default is MISSING else field.default,
            annotation=hints[field.name],
        )
        for field in fields(kind)
    ]
    _, *own = inspect.signature(command, eval_str=True).parameters.values()
    # What is required comes first in the help, then what only this command takes.
    required = [one for one in shared if one.default is inspect.Parameter.empty]
    optional = [one for one in shared if one.default is not inspect.Parameter.empty]

    call: Callable[..., None] = command

    def run(**arguments: Any) -> None:
        given = {one.name: arguments.pop(one.name) for one in shared}
        if "job_run" in given:
            (given["job_run"],) = given["job_run"]
        call(kind(**given), **arguments)

    signature = inspect.Signature([*required, *own, *optional])
    run.__signature__ = signature  # type: ignore[attr-defined]  # what inspect reads, unknown to mypy
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run
