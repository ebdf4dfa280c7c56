"""What changed about request bodies and responses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tools.openapi.document import mapping
from tools.specdiff.headers import compare_headers

if TYPE_CHECKING:
    from tools.specdiff.comparison import Comparison
    from tools.specdiff.findings import Spot

_JSON = re.compile(r"application/json|.*\+json")


def compare_request_body(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], operation: Spot
) -> None:
    spot = operation.at("request body")
    if "requestBody" not in before or "requestBody" not in after:
        _existence(comparison, before, after, spot)
        return
    old, new, spot = comparison.resolve(before["requestBody"], after["requestBody"], spot)
    was, now = (body.get("required") is True for body in (old, new))
    if was != now:
        need = "required" if now else "optional"
        comparison.report(f"request-body-became-{need}", spot, f"became {need}")
    _compare_content(comparison, old, new, spot, "request")
    comparison.notes(old, new, spot)
    comparison.rest(old, new, spot, frozenset({"required", "content"}))


def _existence(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], spot: Spot
) -> None:
    if "requestBody" in after:
        body, _ = comparison.revision.resolve(after["requestBody"])
        need = "required" if mapping(body).get("required") is True else "optional"
        comparison.report(f"request-body-added-{need}", spot, f"added, {need}")
    elif "requestBody" in before:
        body, _ = comparison.base.resolve(before["requestBody"])
        need = "required" if mapping(body).get("required") is True else "optional"
        comparison.report("request-body-removed", spot, f"removed, was {need}")


def compare_responses(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], operation: Spot
) -> None:
    old, new = (_by_status(operation.get("responses")) for operation in (before, after))
    for status in sorted(old.keys() | new.keys()):
        spot = operation.at(f"response {status}")
        if status not in old or status not in new:
            kind = "success" if status.startswith("2") else "non-success"
            end = "added" if status in new else "removed"
            comparison.report(f"response-{kind}-status-{end}", spot, end)
            continue
        one, other, inner = comparison.resolve(old[status], new[status], spot)
        _compare_content(comparison, one, other, inner, "response")
        compare_headers(comparison, one, other, inner)
        comparison.notes(one, other, inner)
        comparison.rest(one, other, inner, frozenset({"content", "headers"}))
    comparison.notes(
        {k: v for k, v in mapping(before.get("responses")).items() if k.startswith("x-")},
        {k: v for k, v in mapping(after.get("responses")).items() if k.startswith("x-")},
        operation.at("responses"),
    )


def _by_status(responses: Any) -> dict[str, Any]:
    """The responses; 2xx is the same as 2XX."""
    return {
        status.upper() if status[:1].isdigit() else status: response
        for status, response in mapping(responses).items()
        if not status.startswith("x-")
    }


def _compare_content(
    comparison: Comparison, before: dict[str, Any], after: dict[str, Any], spot: Spot, side: str
) -> None:
    old, new = (_by_media_type(message.get("content")) for message in (before, after))
    kind = "request-body-media-type" if side == "request" else "response-media-type"
    gone, come = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
    for media in gone:
        same = next((m for m in come if _essence(m) == _essence(media)), None)
        if side == "response" and same:
            come.remove(same)
            said = f"media type changed from {media} to {same}"
            comparison.report("response-media-type-name-changed", spot, said)
            old[same] = old[media]
        else:
            comparison.report(f"{kind}-removed", spot, f"media type {media} removed")
    for media in come:
        comparison.report(f"{kind}-added", spot, f"media type {media} added")
    several = len(old.keys() | new.keys()) > 1
    for media in sorted(old.keys() & new.keys()):
        at = spot.at(f"{spot.location} {media}" if several else spot.location)
        if spot.origin:
            at = at.at(at.location, f"{spot.origin}|{media}")
        one, other = mapping(old[media]), mapping(new[media])
        _compare_media(comparison, one, other, at, side, media)


def _by_media_type(content: Any) -> dict[str, Any]:
    result = {}
    for name, media in mapping(content).items():
        essence, *params = (part.strip() for part in name.split(";"))
        result["; ".join([essence.lower(), *sorted(params)])] = media
    return result


def _essence(media: str) -> str:
    return media.partition(";")[0]


def _compare_media(
    comparison: Comparison,
    before: dict[str, Any],
    after: dict[str, Any],
    spot: Spot,
    side: str,
    media: str,
) -> None:
    whole = spot.location if side == "request" else f"{spot.location} body"
    if "schema" in before and "schema" in after:
        is_text = not _JSON.fullmatch(_essence(media))
        family = f"{side}-body"
        steps = comparison.schemas.compare(before["schema"], after["schema"], family, is_text)
        comparison.steps(steps, spot, whole, f"{spot.location} property ")
    elif "schema" in before or "schema" in after:
        end = "added" if "schema" in after else "removed"
        rule = f"{side}-body-media-type-schema-{end}"
        comparison.report(rule, spot.at(whole), f"schema of {media} {end}")
    at = spot.at(whole)
    comparison.notes(before, after, at)
    comparison.rest(before, after, at, frozenset({"schema"}))
