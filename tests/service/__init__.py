"""A local Workbench endpoint: over real HTTP, it does what the API page says.

In a test: `with serve(task_runs=250) as service: …`.
In a terminal: `python -m tests.service --help`.
"""

from .data import JobRun, TaskRun, Workspace, sample_workspace
from .journal import ReceivedRequest
from .server import Service, serve

__all__ = [
    "JobRun",
    "ReceivedRequest",
    "Service",
    "TaskRun",
    "Workspace",
    "sample_workspace",
    "serve",
]
