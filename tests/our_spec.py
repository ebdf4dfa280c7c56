"""Our spec, which takes a tenth of a second to read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tools.openapi.parse import parse_file
from tools.paths import SPEC

if TYPE_CHECKING:
    from tools.openapi.document import Document


@cache
def our_spec() -> Document:
    """The spec, which all tests of a process share: copy it before you change it."""
    return parse_file(SPEC)
