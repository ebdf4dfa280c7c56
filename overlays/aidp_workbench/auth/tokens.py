"""Tokens in files, and when they expire."""

from __future__ import annotations

import base64
import json
import math
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .files import Secret


def header_token(file: Secret) -> str:
    """The token in `file`; empty if it could not be sent in a header."""
    token = file.content.decode(errors="replace").strip()
    return token if re.fullmatch(r"[!#-~]+", token) else ""


def expiry(token: str) -> float:
    """When a JSON Web Token expires, in seconds since 1970; infinite without a valid `exp`."""
    parts = token.split(".")
    if len(parts) != 3:
        return math.inf
    try:
        claims: Any = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return math.inf
    match claims:
        case {"exp": int() | float() as end} if end is not True:
            return end
        case _:
            return math.inf
