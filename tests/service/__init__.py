"""A local Workbench endpoint: over real HTTP, it does what the API page says.

In a test: `with serve(task_runs=250) as service: …`.
In a terminal: `python -m tests.service --help`.
"""

from .data import JobRun, TaskRun, Workspace, sample_workspace
from .defects import Defect
from .faults import Faults, Kind
from .journal import ReceivedRequest
from .server import Service, serve

__all__ = [
    "Defect",
    "Faults",
    "JobRun",
    "Kind",
    "ReceivedRequest",
    "Service",
    "TaskRun",
    "Workspace",
    "sample_workspace",
    "serve",
]
