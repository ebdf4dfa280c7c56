"""The service, running on 127.0.0.1 in a separate thread."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from tools.service.app import create_app
from tools.service.credentials import make_credentials
from tools.service.data import TaskRun, Workspace, sample_workspace
from tools.service.defects import Defect, Defective
from tools.service.faults import Faults, Kind
from tools.service.journal import Journal, ReceivedRequest
from tools.service.proxy import proxied
from tools.service.running import running
from tools.service.sockets import HOST, listening

if TYPE_CHECKING:
    from starlette.types import ASGIApp


@dataclass(kw_only=True)
class Service:
    """A running service: where it is, what it holds, whom it knows and what it received."""

    base_url: str
    workspace: Workspace
    key_id: str
    keys: dict[str, RSAPublicKey]
    """Public keys by keyId. Tests may change them while the service runs."""
    profile: Path | None
    """The OCI profile that was made, `None` if the caller has a key."""
    requests: list[ReceivedRequest] = field(default_factory=list)
    """What arrived. A request that met a fault may not have."""
    faults: list[tuple[int, Kind]] = field(default_factory=list)
    """The faults so far, each with the number of the request that met it, counted from 0."""

    @property
    def ai_data_platform_id(self) -> str:
        return self.workspace.ai_data_platform_id

    @property
    def workspace_key(self) -> str:
        return self.workspace.key

    @property
    def job_run_key(self) -> str:
        """The first job run of the workspace."""
        return next(iter(self.workspace.job_runs))

    @property
    def config_file(self) -> Path:
        """The OCI profile file that was made for this service."""
        if self.profile is None:
            raise LookupError("no profile was made, because the caller has a key")
        return self.profile

    @cached_property
    def task_runs(self) -> list[TaskRun]:
        """All task runs of the job run in their JSON form, in the order of their creation."""
        return list(self.workspace.job_runs[self.job_run_key])


@contextmanager
def serve(
    task_runs: int = 250,
    *,
    workspace: Workspace | None = None,
    port: int = 0,
    public_key: RSAPublicKey | None = None,
    key_id: str | None = None,
    faults: Faults | None = None,
    defects: Collection[Defect] = (),
) -> Iterator[Service]:
    """Run the service until the end of the block. Port 0 picks a free one.

    It holds `workspace`, or else the sample, whose first job run has so many `task_runs`.
    It knows the caller's key, or one that it makes and deletes at the end. `faults` are what
    happens on the way to it, `defects` what it does wrong itself. Raises `OSError` if the port is
    taken.
    """
    if (public_key is None) != (key_id is None):
        raise ValueError("public_key and key_id belong together")
    workspace = workspace or sample_workspace(task_runs)
    with ExitStack() as stack:
        listener = stack.enter_context(listening(port))
        directory = stack.enter_context(TemporaryDirectory(prefix="workbench-"))
        profile = None
        if public_key is None or key_id is None:
            made = make_credentials(Path(directory))
            public_key, key_id, profile = made.public_key, made.key_id, made.config_file
        service = Service(
            base_url=f"http://{HOST}:{listener.getsockname()[1]}",
            workspace=workspace,
            key_id=key_id,
            keys={key_id: public_key},
            profile=profile,
        )
        if faults is not None:
            behind = stack.enter_context(listening(0))
            passed_on_to = behind.getsockname()[1]
            stack.enter_context(proxied(listener, passed_on_to, faults, service.faults))
            listener = behind
        app: ASGIApp = create_app(workspace, service.keys)
        if defects:
            app = Defective(app, defects)
        tells_the_time = Defect.CLOCK_AHEAD not in defects
        journal = Journal(app, service.requests)
        stack.enter_context(running(journal, listener, date_header=tells_the_time))
        yield service
