from typing import Literal

WorkspaceType = Literal[
    "DEFAULT",
    "USER",
]
"""Type of a workspace - the default one, or one that a user has made."""
