"""Times as people type them: `2026-04-30 18:00`, `18h`, `yesterday`, `yesterday 18:00`.

The package `whenever` reads the ISO forms and does the arithmetic: a day is a day of the calendar,
also when the clocks change. A local time that the clocks skip counts as the one an hour later; of
one that they repeat, the first counts. No language and no order of day and month is guessed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from typer import BadParameter

METAVAR = "TIME"
EXAMPLES = "'2026-04-30 18:00', 2026-04-30T18:00:00Z, 18h, 7d, yesterday or 'yesterday 18:00'"

_AGO = re.compile(r"(\d{1,6}) ?([SMHDW])", re.ASCII)
_DAY = re.compile(r"(?:(TODAY|YESTERDAY)(?: (?=\d)|$))?(\d\d?:.*)?", re.ASCII)
_UNITS = {"S": "seconds", "M": "minutes", "H": "hours", "D": "days", "W": "weeks"}


def parse_time(text: str) -> datetime:
    """The time that `text` means, in UTC. It is local unless it has an offset.

    A number with s, m, h, d or w is so long ago; a day without a time is its beginning.
    Raises BadParameter.
    """
    whenever = _whenever()
    try:
        when = _instant(" ".join(text.upper().split()), whenever)
        return when.astimezone(UTC)
    except whenever.TimeZoneNotFoundError as error:
        zone = f"the time zone of this machine is unknown: {error}"
        raise BadParameter(f"{zone}. Set TZ, or give the time with its offset.") from None
    except (ValueError, OverflowError):
        raise BadParameter(f"{text!r} is no time. Write {EXAMPLES}.") from None


def check_period(since: datetime | None, until: datetime | None) -> None:
    """Raise BadParameter if nothing can be between these times, of which now is the last."""
    now = datetime.now(UTC)
    if since and until and since > until:
        raise BadParameter(
            f"{_written(since)} is after --until, {_written(until)}.", param_hint="--since"
        )
    if since and since > now:
        raise BadParameter(f"{_written(since)} is in the future.", param_hint="--since")


def _whenever() -> Any:
    """The package, imported only when there is a time to read.

    Its SYSTEM_TZ has a type that type checkers do not all know yet.
    """
    import whenever

    return whenever


def _instant(text: str, whenever: Any) -> datetime:
    zone = whenever.SYSTEM_TZ
    if ago := _AGO.fullmatch(text):
        now = whenever.ZonedDateTime.now(zone)
        when = now.subtract(**{_UNITS[ago[2]]: int(ago[1])}, disambiguation="compatible")
    elif local := _local_time(text, whenever):
        when = local.assume_tz(zone, disambiguation="compatible")
    else:
        when = whenever.OffsetDateTime.parse_iso(text)
    found: datetime = when.to_stdlib()
    return found


def _local_time(text: str, whenever: Any) -> Any:
    """A PlainDateTime; `None` for a time with an offset, and for what is no time."""
    if text and (day := _DAY.fullmatch(text)):
        today = whenever.Date.today(whenever.SYSTEM_TZ)
        date = today.subtract(days=1) if day[1] == "YESTERDAY" else today
        return date.at(whenever.Time.parse_iso((day[2] or "00:00").zfill(5)))
    with suppress(ValueError):
        return whenever.Date.parse_iso(text).at(whenever.Time.MIDNIGHT)
    with suppress(ValueError):
        return whenever.PlainDateTime.parse_iso(text)
    return None


def _written(when: datetime) -> str:
    return when.astimezone().isoformat(sep=" ", timespec="seconds")
