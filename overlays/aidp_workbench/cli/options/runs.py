"""Which job run or task run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from typer import Argument, BadParameter, Option

from ..names.completion import complete_job


def only_one(given: list[str]) -> list[str]:
    """Refuse several values, of which the last would silently take the place of the others."""
    if len(given) > 1:
        raise BadParameter(f"one at a time, not {', '.join(given)}.")
    return given


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class TaskRunArgument(JobRunOptions):
    """Which task run: its key, or a name in the job run that the others choose."""

    task_run: Annotated[
        str, Argument(metavar="KEY", help="The task run; its name, if a job run is given.")
    ]

    @property
    def names_job_run(self) -> bool:
        """Whether a job run is chosen, in which the task run may be given by its name."""
        return self.key is not None or self.latest or bool(self.job)

    def __post_init__(self) -> None:
        if self.names_job_run:
            super().__post_init__()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class JobRunArgument(JobRunOptions):
    """The same with the key as an argument."""

    job_run: Annotated[
        list[str],
        Argument(metavar="[KEY]", callback=only_one, show_default=False, help="The job run."),
    ] = field(default_factory=list[str])
