"""What equal causes of failures have in common."""

from __future__ import annotations

import re

# What is kept: error codes, and numbers that say what kind of error it is.
_CODE = (
    r"\b[A-Z][A-Z0-9]+-\d{3,}\b"
    r"|(?i:\b(?:http(?:/[\d.]+)?|status(?: code)?|errno|exit (?:code|status)|signal)[ :=]{1,2}\d+)"
)
# What differs from one failure to the next. Each pattern takes time in proportion to the line: a
# quote after a backslash begins nothing, so that no text is searched twice for the same quote.
_VALUES = {
    "quoted": r"""(?<![\w\\])(?:'(?:\\.|[^'\\])*+'|"(?:\\.|[^"\\])*+"|`[^`]*+`)(?!\w)""",
    "id": r"\bocid1\.[\w.-]+|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
    r"|\b0[xX][0-9a-fA-F]+\b|\b(?=[a-fA-F]*\d)[0-9a-fA-F]{8,}\b|@[0-9a-f]{5,8}\b",
    "number": r"\d+(?:[.,:]\d+)*",
}
_PATTERN = re.compile(
    "|".join([f"(?P<code>{_CODE})", *(f"(?P<{name}>{one})" for name, one in _VALUES.items())])
)
_EXCEPTION = re.compile(r"[\w.$]+")


def normalised(line: str) -> str:
    """`line` with placeholders for ids, numbers and quoted values, so that equal causes are equal.

    The exception and error codes, such as `ORA-01653`, `HTTP 404` or `errno 13`, stay.
    """
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
