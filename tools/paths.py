"""Where the parts of the project are, relative to where one works, as messages name them."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(os.path.relpath(Path(__file__).parent.parent))
SPEC = ROOT / "openapi/aidp-workbench.yaml"
CONFIG = ROOT / "generator-config.yaml"
TEMPLATES = ROOT / "overlays/templates"
PACKAGE = ROOT / "generated/aidp_workbench_api"
ACKNOWLEDGED = ROOT / "openapi/acknowledged-changes.yaml"
DELIBERATE = ROOT / "openapi/deliberate-differences.yaml"
PYPROJECT = ROOT / "pyproject.toml"
VERSION = ROOT / "overlays/aidp_workbench/_version.py"
CHANGELOG = ROOT / "CHANGELOG.md"
