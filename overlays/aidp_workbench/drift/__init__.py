"""What the service says, and this version of the client does not know.

`connect(on_drift=…)` reports each kind of it once, as it is met. `observe` lists the latest runs of
a workspace and reports all kinds with counts. A report has names that the API gives and shapes of
values, never the values themselves.
"""

from __future__ import annotations

from .drift import Drift, DriftKind
from .observe import observe
from .observer import Observer

__all__ = ["Drift", "DriftKind", "Observer", "observe"]
