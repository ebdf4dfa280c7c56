"""A timeline as a picture: SVG, PNG, or a page with the SVG in it. Needs matplotlib."""

from __future__ import annotations

import io
import warnings
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import matplotlib

from .figure import TimelineFigure, gid
from .fonts import FONT_SIZE, families

if TYPE_CHECKING:
    from .bars import Bar
    from .timeline import Timeline

_MATPLOTLIB: Any = matplotlib  # its types are known only in part

_SVG = "http://www.w3.org/2000/svg"


def as_svg(timeline: Timeline, *, title: str, since: str) -> str:
    """The picture as SVG, whose text is text, with a title to hover for each bar.

    `since` is the start of the axis, as text. The same timeline gives the same text.
    """
    drawn = _drawn(timeline, "svg", title=title, since=since).decode()
    for prefix, uri in (("", _SVG), ("xlink", "http://www.w3.org/1999/xlink")):
        ET.register_namespace(prefix, uri)
    root = ET.fromstring(drawn)  # noqa: S314  # matplotlib made it
    root.set("role", "img")
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    _entitle(root, f"{title}. {timeline.summary}")
    groups = {group.get("id"): group for group in root.iter(f"{{{_SVG}}}g")}
    for number, bar in enumerate(timeline.bars):
        if (group := groups.get(gid(number))) is not None:
            _entitle(group, _hover(bar))
    return ET.tostring(root, encoding="unicode") + "\n"


def as_html(timeline: Timeline, *, title: str, since: str) -> str:
    """A self-contained page."""
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(title)}</title>\n"
        "<style>body { margin: 1rem; background: white } svg { max-width: 100%; height: auto }"
        "</style>\n"
        f"{as_svg(timeline, title=title, since=since)}</html>\n"
    )


def as_png(timeline: Timeline, *, title: str, since: str) -> bytes:
    """The picture in dots, 130 an inch."""
    return _drawn(timeline, "png", title=title, since=since)


def _drawn(timeline: Timeline, kind: str, *, title: str, since: str) -> bytes:
    settings: dict[Any, Any] = {
        "font.family": list(families()),
        "font.size": FONT_SIZE,
        "svg.fonttype": "none",
        "svg.hashsalt": "aidp-workbench",
        "text.parse_math": False,
    }
    with _MATPLOTLIB.rc_context(settings), warnings.catch_warnings():
        # A browser has more fonts; for PNG the label was chosen so that there are glyphs.
        warnings.filterwarnings("ignore", "Glyph .* missing")
        figure = TimelineFigure(timeline, title, since, in_dots=kind == "png").figure
        stream = io.BytesIO()
        metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
        figure.savefig(stream, format=kind, dpi=130, metadata=metadata)
    return stream.getvalue()


def _hover(bar: Bar) -> str:
    facts = [bar.name, bar.task, bar.attempt and f"retry {bar.attempt}", bar.status, bar.lasted]
    return "\n".join(str(fact) for fact in dict.fromkeys(facts) if fact)


def _entitle(element: ET.Element, text: str) -> None:
    title = ET.Element(f"{{{_SVG}}}title")
    title.text = text
    element.insert(0, title)
