"""A page as one file: its template, with the style sheet and the script inside.

Its Content-Security-Policy names the hashes of these two and allows nothing else: should a text
ever get past the escaping, a browser still neither runs nor loads anything for it. For the same
reason no data stands in the script, in the style sheet or in a `style` attribute.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from aidp_workbench import __version__

from .text import cleaned

_PACKAGE = __name__.rpartition(".")[0]


def document(template: str, **content: Any) -> str:
    """The page that a template makes of `content`, as HTML."""
    style_sheet, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style_sheet)}'; script-src '{_hash(script)}';"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )
    return (
        _environment()
        .get_template(f"{template}.html.jinja")
        .render(
            content,
            style_sheet=Markup(style_sheet),  # noqa: S704  # our own file
            script=Markup(script),  # noqa: S704  # our own file
            policy=policy,
            version=__version__,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(_PACKAGE, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _asset(name: str) -> str:
    return files(_PACKAGE).joinpath("templates", name).read_text("utf-8")


def _hash(text: str) -> str:
    """Of exactly what stands between the tags."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
