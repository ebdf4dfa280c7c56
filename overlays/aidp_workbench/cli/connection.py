"""The client that the options describe, and the workspace that they name."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aidp_workbench import ArgumentError, NotFoundError, WorkbenchError, connect, paginate
from aidp_workbench.auth.identity import find_identity

from .defaults import PLATFORM, WORKSPACE, found
from .errors import reported

if TYPE_CHECKING:
    from collections.abc import Generator

    from aidp_workbench_api import Client

    from aidp_workbench.auth.identity import Identity

    from .options import Connection, PlatformOptions, WorkspaceOptions


@dataclass(frozen=True)
class Workspace:
    """A workspace, and the client that reaches it."""

    client: Client
    platform: str
    key: str

    @property
    def where(self) -> dict[str, Any]:
        """The arguments that every operation in a workspace takes."""
        return {
            "ai_data_platform_id": self.platform,
            "workspace_key": self.key,
            "client": self.client,
        }


@contextmanager
def opened_platform(options: PlatformOptions) -> Generator[tuple[Client, str]]:
    """The client and the platform; reports errors as `reported` does."""
    with reported(debug=options.debug):
        (platform,) = found(_identity(options), {PLATFORM: options.platform})
        with connected(options) as client:
            yield client, platform


@contextmanager
def opened(options: WorkspaceOptions) -> Generator[Workspace]:
    """The workspace; reports errors as `reported` does."""
    with reported(debug=options.debug), workspace_of(options) as workspace:
        try:
            yield workspace
        except NotFoundError as error:
            raise _problem_of_name(workspace) or error from None


@contextmanager
def workspace_of(options: WorkspaceOptions, **settings: Any) -> Generator[Workspace]:
    """The workspace; raises WorkbenchError. The settings are those of `connect`."""
    given = {PLATFORM: options.platform, WORKSPACE: options.workspace}
    platform, key = found(_identity(options), given)
    with connected(options, **settings) as client:
        yield Workspace(client, platform, key)


def connected(connection: Connection, **settings: Any) -> Client:
    """The client, to be used in a `with` statement. Raises ConfigError."""
    return connect(
        connection.region,
        profile=connection.profile,
        config_file=connection.config_file,
        base_url=connection.base_url,
        auth=connection.auth,
        api_version=connection.api_version,
        **settings,
    )


def _problem_of_name(workspace: Workspace) -> ArgumentError | None:
    """What to say if a workspace was given by its name, which no operation takes."""
    from aidp_workbench_api.api.workspaces import list_workspaces

    found: list[str] = []
    with suppress(WorkbenchError):
        named = paginate(
            list_workspaces,
            workspace.platform,
            client=workspace.client,
            display_name=workspace.key,
        )
        found = [one.key for one in named if one.key]
    if not found or workspace.key in found:
        return None
    name = f"{workspace.key!r} is the name of a workspace"
    return ArgumentError(f"--workspace takes a key, and {name} whose key is {' or '.join(found)}")


def _identity(connection: Connection) -> Identity:
    return find_identity(connection.profile, connection.config_file, connection.auth)
