"""What matplotlib can write, and how wide it gets."""

from __future__ import annotations

from functools import cache
from typing import Any
from unicodedata import east_asian_width

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

FONT_SIZE = 8.5  # points

# Fonts that know what matplotlib's own does not, as they are called where they are common.
_FALLBACKS = (
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans JP", "Noto Sans SC", "Source Han Sans",
    "WenQuanYi Zen Hei", "Hiragino Sans", "PingFang SC", "Yu Gothic", "Microsoft YaHei",
    "Malgun Gothic", "Arial Unicode MS", "Noto Sans Arabic", "Noto Sans Hebrew",
    "Noto Sans Devanagari", "Noto Sans Thai", "Noto Emoji", "Segoe UI Symbol", "Apple Symbols",
)  # fmt: skip

_FONTS: Any = font_manager  # its types are known only in part


@cache
def families() -> tuple[str, ...]:
    """The fonts to use, those that come after for what those before do not know."""
    there = set(_FONTS.fontManager.get_font_names())
    return ("DejaVu Sans", *(name for name in _FALLBACKS if name in there))


def drawable(text: str) -> str:
    """`text` without what no font of this machine can draw."""
    known = (one for one in text if ord(one) in _characters() and one.isprintable())
    return " ".join("".join(known).split())


def inches(text: str) -> float:
    """How wide a text is at most, in bold, also where a browser draws it with other fonts."""
    # matplotlib fails on a text that leaves no ink; the dot does.
    path = TextPath((0, 0), f"{text}.", size=FONT_SIZE, prop=FontProperties(weight="bold"))
    points = float(path.vertices[:, 0].max())
    # A glyph that is missing here takes six tenths of what it is in East Asian fonts.
    wide = sum(east_asian_width(one) in "WF" for one in text)
    return (points + 0.4 * FONT_SIZE * wide) / 72


@cache
def _characters() -> frozenset[int]:
    paths = [_FONTS.findfont(name) for name in families()]
    return frozenset(code for path in paths for code in _FONTS.get_font(path).get_charmap())
