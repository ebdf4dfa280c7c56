"""What a stack trace comes down to: the line that tells, and what equal causes have in common."""

from __future__ import annotations

import re

_PYTHON_BLOCK = "Traceback (most recent call last):"
_JAVA_CAUSE = "Caused by: "


def telling_line(trace: str) -> str:
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
    # py4j, which Spark's Python side uses, tells in the second line what happened in Java.
    wrapped = after[end].startswith("py4j.") and after[end + 1 : end + 2]
    return wrapped[0].removeprefix(": ") if wrapped else after[end]


# What stays as it is: error codes, and numbers that say what kind of error it is.
_CODE = (
    r"\b[A-Z][A-Z0-9]+-\d{3,}\b"
    r"|(?i:\b(?:http(?:/[\d.]+)?|status(?: code)?|errno|exit (?:code|status)|signal)[ :=]{1,2}\d+)"
)
# What differs from one time to the next.
_VALUES = {
    "quoted": r"""(?<!\w)(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`)(?!\w)""",
    "id": r"\bocid1\.[\w.-]+|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
    r"|\b0[xX][0-9a-fA-F]+\b|\b(?=[a-fA-F]*\d)[0-9a-fA-F]{8,}\b|@[0-9a-f]{5,8}\b",
    "number": r"\d+(?:[.,:]\d+)*",
}
_PATTERN = re.compile(
    "|".join([f"(?P<code>{_CODE})", *(f"(?P<{name}>{one})" for name, one in _VALUES.items())])
)
_EXCEPTION = re.compile(r"[\w.$]+")
_LONGEST = 2000


def normalised(line: str) -> str:
    """`line` with placeholders for ids, numbers and quoted values, so that equal causes are equal.

    The exception and error codes, such as `ORA-01653`, `HTTP 404` or `errno 13`, stay.
    """
    line = line[:_LONGEST]
    name = _EXCEPTION.match(line)
    start = name.end() if name and line[name.end() : name.end() + 1] in (":", "") else 0
    return line[:start] + _PATTERN.sub(_placeholder, line[start:])


def _placeholder(match: re.Match[str]) -> str:
    text = match[0]
    match match.lastgroup:
        case "code":
            return text
        case "quoted":
            return f"{text[0]}…{text[0]}"
        case "id":
            return "<id>"
        case _:
            return "#"
