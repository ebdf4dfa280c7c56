"""The client that the shared options describe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aidp_workbench import connect

if TYPE_CHECKING:
    from aidp_workbench_api import Client

    from .options import Shared


def connected(shared: Shared) -> Client:
    """The client, to be used in a `with` statement. Raises ConfigError."""
    return connect(
        shared.region,
        profile=shared.profile,
        config_file=shared.config_file,
        base_url=shared.base_url,
        auth=shared.auth,
    )
