"""The client that the options describe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aidp_workbench import connect

if TYPE_CHECKING:
    from aidp_workbench_api import Client

    from .options import Connection


def connected(connection: Connection) -> Client:
    """The client, to be used in a `with` statement. Raises ConfigError."""
    return connect(
        connection.region,
        profile=connection.profile,
        config_file=connection.config_file,
        base_url=connection.base_url,
        auth=connection.auth,
    )
