"""The cause in a stack trace."""

from __future__ import annotations

_PYTHON_BLOCK = "Traceback (most recent call last):"
_JAVA_CAUSE = "Caused by: "


def cause_line(trace: str) -> str:
    """The line that names the cause; empty if the trace is.

    Of a Java trace the innermost `Caused by`, or else the first line. Of a Python trace the line
    after the last frame, which names the exception, unless that only wraps one of Java.
    """
    lines = [line.rstrip() for line in trace.splitlines() if line.strip()]
    if not lines:
        return ""
    for line in reversed(lines):
        if line.startswith(_JAVA_CAUSE):
            return line.removeprefix(_JAVA_CAUSE)
    blocks = [number for number, line in enumerate(lines) if line.strip() == _PYTHON_BLOCK]
    if not blocks:
        return lines[0].strip()
    after = lines[blocks[-1] + 1 :]
    ends = [number for number, line in enumerate(after) if not line[0].isspace()]
    if not ends:
        return lines[-1].strip()
    end = ends[0]
    # The second line of py4j, which Spark's Python side uses, says what happened in Java.
    wrapped = after[end].startswith("py4j.") and after[end + 1 : end + 2]
    return wrapped[0].removeprefix(": ") if wrapped else after[end]
