"""Changes that a reviewer has accepted, by fingerprint: openapi/acknowledged-changes.yaml."""

from __future__ import annotations

from typing import Any

import yaml

from tools.openapi.errors import SpecError


def acknowledged(text: str, name: str) -> dict[str, str]:
    """The reasons by fingerprint, or SpecError. The file is a list of `fingerprint`, `reason`."""
    try:
        entries: Any = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        raise SpecError(f"{name}: not YAML: {' '.join(str(error).split())}") from error
    reasons: dict[str, str] = {}
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        match entry:
            case {"fingerprint": str(fingerprint), "reason": str(reason)} if reason.strip():
                reasons[fingerprint] = reason
            case {"fingerprint": int() | float()}:
                raise SpecError(f"{name}: entry {number}: put the fingerprint in quotes")
            case _:
                raise SpecError(f"{name}: entry {number} is not a fingerprint with a reason")
    return reasons
