"""A local Workbench endpoint: over real HTTP, it does what the API page says.

In a test: `with serve(task_runs=250) as service: …`.
In a terminal: `python -m tools.service --help`.
"""

from tools.service.data import JobRun, TaskRun, Workspace, sample_workspace
from tools.service.defects import Defect
from tools.service.faults import Faults, Kind
from tools.service.journal import ReceivedRequest
from tools.service.server import Service, serve

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
