"""Text of the service on a page: bounded, and without what a reader could not see."""

from __future__ import annotations

from typing import Any

from ..output.text import visible

# Characters.
LONGEST_STATUS = 30
LONGEST_NAME = 200
LONGEST_MESSAGE = 2_000
_TRACE_HEAD, _TRACE_TAIL = 8_000, 12_000  # where Java, and where Python name the cause


def cleaned(value: Any) -> Any:
    """What the templates print: texts with escapes for all that is invisible but line breaks.

    Among those are null characters, lone surrogates, which no file can have, and what turns the
    direction of the text around it. HTML is escaped after this.
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    if value.isascii() and value.isprintable():
        return value
    lines = value.replace("\r\n", "\n").expandtabs(4).split("\n")
    return "\n".join(map(visible, lines))


def shortened(text: str, most: int = LONGEST_NAME) -> str:
    """The beginning of a text that is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def shortened_trace(trace: str) -> str:
    """The beginning and the end of a long trace, with what is left out between them said."""
    left_out = len(trace) - _TRACE_HEAD - _TRACE_TAIL
    if left_out <= 0:
        return trace
    words = f"… {left_out:,} characters of this trace are left out …"
    return f"{trace[:_TRACE_HEAD]}\n\n{words}\n\n{trace[-_TRACE_TAIL:]}"
