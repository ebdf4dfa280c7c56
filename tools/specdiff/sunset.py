"""Deprecation: until when something stays, by its `x-sunset`, and how stable it is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import frozen

from tools.openapi.document import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

_STABILITY = ("draft", "alpha", "beta", "stable")


@frozen
class Lifecycle:
    """How long callers can rely on something, as its document says."""

    is_deprecated: bool
    sunset: Any
    stability: Any

    @property
    def end(self) -> date | None:
        return date_of(self.sunset)


def lifecycle_of(content: dict[str, Any]) -> Lifecycle:
    """The lifecycle of an operation, parameter or schema."""
    is_deprecated = content.get("deprecated") is True
    return Lifecycle(is_deprecated, content.get("x-sunset"), content.get("x-stability-level"))


def date_of(value: Any) -> date | None:
    """The day that an `x-sunset` names, or None if it names none."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def is_to_come(value: Any) -> bool:
    """Whether the day of an `x-sunset` has not come yet."""
    end = date_of(value)
    return end is not None and end > date.today()


def lifecycle_changes(old: Lifecycle, new: Lifecycle) -> Iterator[tuple[str, str]]:
    """What changed, each with the kind of the change."""
    was, now = old.is_deprecated, new.is_deprecated
    differs = canonical(old.sunset) != canonical(new.sunset)
    if now and new.sunset is not None and new.end is None and (differs or not was):
        yield "sunset-invalid", f"the end {new.sunset} is no date"
    if now and not was and new.end:
        yield "deprecated-with-sunset", f"deprecated, to end on {new.sunset}"
    elif now and not was:
        yield "deprecated", "deprecated"
    elif was and not now:
        yield "reactivated", "no longer deprecated"
    elif now and old.sunset is not None and new.sunset is None:
        yield "sunset-deleted", f"end on {old.sunset} no longer announced"
    elif now and old.end and new.end and new.end < old.end:
        yield "sunset-too-small", f"end moved forward from {old.end} to {new.end}"
    elif now and differs and not (new.sunset is not None and new.end is None):
        yield "sunset-changed", f"end changed from {old.sunset or 'none'} to {new.sunset}"
    if _is_known(old, new) and old.stability != new.stability:
        rose = _STABILITY.index(new.stability) > _STABILITY.index(old.stability)
        said = f"stability changed from {old.stability} to {new.stability}"
        yield f"stability-{'increased' if rose else 'decreased'}", said


def reported_extensions(old: Lifecycle, new: Lifecycle) -> set[str]:
    """The extensions whose changes `lifecycle_changes` reports."""
    reported = {"x-stability-level"} if _is_known(old, new) else set()
    return reported | ({"x-sunset"} if old.is_deprecated or new.is_deprecated else set())


def _is_known(old: Lifecycle, new: Lifecycle) -> bool:
    return old.stability in _STABILITY and new.stability in _STABILITY
