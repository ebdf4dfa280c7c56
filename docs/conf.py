"""How Sphinx builds the site; `nox -s docs` runs it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from aidp_workbench import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "aidp-workbench"
author = "The aidp-workbench developers"
project_copyright = author
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
exclude_patterns = ["conftest.py"]

# The pages are read on the forge, too, and in the sources: headings have the anchors that it gives.
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

# In docstrings, `name` is code.
default_role = "literal"
smartquotes = False

autodoc_mock_imports = ["pyspark"]  # 400 MB, for one class
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True

html_theme = "furo"
html_title = f"aidp-workbench {version}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": True}
# Prompts and output are not copied.
copybutton_exclude = ".linenos, .gp, .go"


def command_reference() -> str:
    """Every command with its options, as Markdown; examples become blocks of code."""
    typer = [sys.executable, "-m", "typer", "aidp_workbench.cli.app", "utils", "docs"]
    command = [*typer, "--name=aidp-workbench", "--title=Commands and options"]
    text = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    examples = re.compile(r"^(Examples[^\n]*:)\n((?:  .*\n)+)", re.MULTILINE)
    return examples.sub(r"\1\n\n```text\n\2```\n", text.replace("\b\n", ""))


def setup(app: Sphinx) -> None:
    """Errors are caught, not made: how to make one is left out."""

    def signature(*arguments: object) -> tuple[str, str] | None:
        _app, what, _name, _object, _options, found, _returns = arguments
        return ("", "") if what == "exception" and found else None

    app.connect("autodoc-process-signature", signature)


Path(__file__).with_name("commands.md").write_text(command_reference(), encoding="utf-8")
