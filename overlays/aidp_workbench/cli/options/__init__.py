"""The options that several commands take, in groups. See `command.with_options`."""

from __future__ import annotations

from .listing import CsvExact, ListOptions, Shown, Statuses, WorkspaceListOptions, check_csv
from .page import Page, check_page
from .period import Jobs, Since, Until
from .runs import JobRunArgument, JobRunOptions, TaskRunArgument
from .watch import WatchOptions
from .workspace import Connection, Platform, PlatformOptions, Workspace, WorkspaceOptions

__all__ = [
    "Connection",
    "CsvExact",
    "JobRunArgument",
    "JobRunOptions",
    "Jobs",
    "ListOptions",
    "Page",
    "Platform",
    "PlatformOptions",
    "Shown",
    "Since",
    "Statuses",
    "TaskRunArgument",
    "Until",
    "WatchOptions",
    "Workspace",
    "WorkspaceListOptions",
    "WorkspaceOptions",
    "check_csv",
    "check_page",
]
