"""What changed about the media types of a body and what they hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import frozen

from tools.openapi.document import mapping

if TYPE_CHECKING:
    from tools.specdiff.api.comparison import Comparison
    from tools.specdiff.model import Location

_JSON = re.compile(r"application/json|.*\+json")


@frozen
class _Sides:
    """For which side a body is, and what the rules call it."""

    is_request: bool

    @property
    def family(self) -> str:
        return "request-body" if self.is_request else "response-body"

    @property
    def rule(self) -> str:
        return "request-body-media-type" if self.is_request else "response-media-type"


def compare_content(
    comparison: Comparison,
    before: dict[str, Any],
    after: dict[str, Any],
    place: Location,
    *,
    is_request: bool,
) -> None:
    """Compare what two messages contain.

    Args:
        is_request: Whether callers send it; otherwise they receive it.
    """
    sides = _Sides(is_request)
    old, new = (_by_media_type(message.get("content")) for message in (before, after))
    pairs = {media: (media, media) for media in old.keys() & new.keys()}
    come = sorted(new.keys() - old.keys())
    for media in sorted(old.keys() - new.keys()):
        other = _counterpart(media, come, new, sides)
        if other is None:
            comparison.report(f"{sides.rule}-removed", place, f"media type {media} removed")
            continue
        pairs[other] = (media, other)
        said = f"media type changed from {media} to {other}"
        rule = "request-body-media-type-added" if is_request else "response-media-type-name-changed"
        comparison.report(rule, place, said)
        if other in come:
            come.remove(other)
    for media in come:
        comparison.report(f"{sides.rule}-added", place, f"media type {media} added")
    several = len(old.keys() | {new_media for _, new_media in pairs.values()} | {*come}) > 1
    for shown, (old_media, new_media) in sorted(pairs.items()):
        named = several and old_media == new_media
        at = place.at(f"{place.location} {shown}" if named else place.location)
        if place.origin:
            at = at.at(at.location, f"{place.origin}|{shown}")
        one, other_media = mapping(old[old_media]), mapping(new[new_media])
        at = at.seen(one, other_media)
        _compare_media(comparison, one, other_media, at, sides, new_media, place.location)


def _counterpart(media: str, come: list[str], new: dict[str, Any], sides: _Sides) -> str | None:
    """The media type that a removed one lives on in."""
    if sides.is_request:  # what was sent must still be accepted
        return next((other for other in sorted(new) if _includes(other, media)), None)
    return next(
        (other for other in come if _essence(other) == _essence(media) or _includes(media, other)),
        None,
    )


def _includes(media_range: str, media: str) -> bool:
    """Whether a range such as `*/*` or `text/*` includes a media type."""
    kind, _, subtype = _essence(media_range).partition("/")
    if subtype != "*":
        return False
    return kind in ("*", media.partition("/")[0])


def _by_media_type(content: Any) -> dict[str, Any]:
    """Media types in one spelling; JSON is the same in any charset (RFC 8259, section 11)."""
    result: dict[str, Any] = {}
    for name, media in mapping(content).items():
        essence, *parameters = (part.strip() for part in name.split(";"))
        essence = essence.lower()
        kept = sorted(
            part
            for part in parameters
            if part and not (_JSON.fullmatch(essence) and part.lower().startswith("charset"))
        )
        result.setdefault("; ".join([essence, *kept]), media)
    return result


def _essence(media: str) -> str:
    return media.partition(";")[0]


def _compare_media(
    comparison: Comparison,
    before: dict[str, Any],
    after: dict[str, Any],
    place: Location,
    sides: _Sides,
    media: str,
    message: str,
) -> None:
    is_own = message.endswith("request body")
    whole = place.location if is_own else f"{place.location} body"
    old, new = before.get("schema"), after.get("schema")
    is_json = _JSON.fullmatch(_essence(media)) is not None
    read = comparison.schemas.read(old or {}, new or {})
    if not is_json and all(schema.is_bytes for schema in read):
        old = new = {}  # which OpenAPI 3.1 also says with no schema at all
    if old is not None and new is not None:
        found = comparison.schemas.compare(old, new, sides.family, not is_json)
        comparison.add(found, place, whole, f"{place.location} property ")
    elif "schema" in before or "schema" in after:
        end = "added" if "schema" in after else "removed"
        rule = f"{sides.family}-media-type-schema-{end}"
        comparison.report(rule, place.at(whole), f"schema of {media} {end}")
    at = place.at(whole)
    comparison.notes(before, after, at)
    comparison.rest(before, after, at, frozenset({"schema"}))
