"""JSON, read as `json.loads` reads it, in a third of the time."""

from __future__ import annotations

import json
from typing import Any

import jiter


def loads(content: bytes) -> Any:
    """What `content` holds. ValueError or RecursionError if it is not JSON."""
    try:
        return jiter.from_json(content)
    except ValueError:
        # It refuses more: nesting beyond 200 levels, half of a surrogate pair, other encodings
        # than UTF-8. The standard library decides, and says best what is wrong.
        return json.loads(content)
