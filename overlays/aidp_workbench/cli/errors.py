"""Errors, in one line on stderr and as an exit code."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING

from typer import Exit

from aidp_workbench import (
    ArgumentError,
    ConfigError,
    NotFoundError,
    ServiceError,
    TooManyRequestsError,
    TransportError,
    UnauthorizedError,
    WorkbenchError,
)

from .output.text import counted, visible
from .streams import discard_stdout

if TYPE_CHECKING:
    from collections.abc import Generator

FAILURES_FOUND = 1
WRONG_USAGE = 2
SERVICE = 3
CREDENTIALS = 4
INCOMPLETE = 5
CLOSED_PIPE = 141  # what a shell reports of a program that SIGPIPE ended


@contextmanager
def reported(*, debug: bool) -> Generator[None]:
    """Turn errors into one line on stderr and an exit code; with `debug`, show where they arose."""
    if debug:
        _log_to_stderr()
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        discard_stdout()
        raise Exit(CLOSED_PIPE) from None
    except (WorkbenchError, OSError) as error:
        if debug:
            traceback.print_exc()
        if not isinstance(error, WorkbenchError):
            discard_stdout()
        print(f"aidp-workbench: error: {visible(described(error))}", file=sys.stderr)
        raise Exit(exit_code(error)) from None


def exit_code(error: Exception) -> int:
    """The exit code for this error."""
    match error:
        case ArgumentError():
            return WRONG_USAGE
        case ConfigError() | UnauthorizedError():
            return CREDENTIALS
        case _:
            return SERVICE


def described(error: WorkbenchError | OSError) -> str:
    """What happened and what to do, in one line."""
    if not isinstance(error, WorkbenchError):
        names_file = error.strerror and error.filename
        reason = f"{error.strerror}: {error.filename}" if names_file else error
        return f"the output cannot be written: {reason}"
    if isinstance(error, ArgumentError):
        return f"{sentence(_with_option(str(error)))} See --help."
    advice = _advice(error)
    if isinstance(error, NotFoundError):
        error.may_be_older_api = False  # the advice names the option
    before = error.items_before
    # The library would name the page to resume at, which no option takes.
    error.pages_before = 0
    problem = str(error)
    if isinstance(error, ConfigError):
        problem = re.sub(r"\bargument (\w+)", _option_of_argument, problem)
    text = f"{sentence(problem)} {advice}"
    if before:
        text += f" The output is incomplete: it ends after {counted(before, 'item')}."
    return text


def sentence(text: str) -> str:
    """`text` with a full stop at its end, unless it has an end."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


_OPTIONS = {
    "ai_data_platform_id": "--platform",
    "workspace_key": "--workspace",
    "job_run_key": "--job-run",
    "display_name": "--name",
    "interval": "--interval",
    "parent_job_run_key": "--parent-job-run",
    "root_job_run_key": "--root-job-run",
    "sort_by": "--sort-by",
    "task_run_key": "the key of the task run",
    "timeout": "--timeout",
}


def _with_option(problem: str) -> str:
    """`problem` with an option in place of the argument that it begins with."""
    argument, _, rest = problem.partition(" ")
    return f"{_OPTIONS.get(argument, argument)} {rest}"


def _option_of_argument(argument: re.Match[str]) -> str:
    return f"--{argument[1].replace('_', '-')}"


def _advice(error: WorkbenchError) -> str:
    match error:
        case ConfigError():
            return "See --profile, --config-file, --auth, --region and --base-url."
        case UnauthorizedError():
            return "Check the profile and its key, or renew it: oci session authenticate."
        case NotFoundError():
            advice = (
                "Check --platform, --workspace and the other keys, and whether you may see them."
            )
            if error.may_be_older_api:
                advice += " If the tenancy has only the older API, add --api-version 20240831."
            return advice
        case TooManyRequestsError():
            return "Try again later."
        case TransportError():
            return "Check the network, the proxy, --region and --base-url."
        case ServiceError() if error.status < 500:
            return "Check the options."
        case _:
            return "Try again later; if it stays, ask Oracle's support."


def _log_to_stderr() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s: %(message)s"))
    logger = logging.getLogger("aidp_workbench")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
