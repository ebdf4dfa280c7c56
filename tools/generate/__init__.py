"""Writes the generated package from the spec: the generator, with templates of this project."""

from __future__ import annotations

from .generator import generate
from .package import swap

__all__ = ["generate", "swap"]
