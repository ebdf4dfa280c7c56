"""Times as people type them, in zones with summer time and whatever the language is."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from aidp_workbench.cli.times import EXAMPLES, check_period, parse_time
from hypothesis import given
from hypothesis import strategies as st
from typer import BadParameter
from whenever import Instant, patch_current_time, reset_system_tz

from tests.cli_support import run

if TYPE_CHECKING:
    from collections.abc import Iterator

# In Berlin, clocks skip 02:00 to 03:00 on 2026-03-29 and repeat it on 2026-10-25.
NOW = Instant.parse_iso("2026-03-30T10:00:00Z")  # 12:00 in Berlin


@pytest.fixture(autouse=True)
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("LC_ALL", "ar_EG.UTF-8")
    time.tzset()
    reset_system_tz()
    with patch_current_time(NOW, keep_ticking=False):
        yield
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    reset_system_tz()


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-04-30T18:00:00Z", "2026-04-30T18:00"),
        ("2026-04-30t18:00z", "2026-04-30T18:00"),
        ("2026-04-30T18:00:00+05:30", "2026-04-30T12:30"),
        ("2026-04-30 18:00-07:00", "2026-05-01T01:00"),
        ("2026-04-30T18:00", "2026-04-30T16:00"),
        (" 2026-04-30  18:00 ", "2026-04-30T16:00"),
        ("2026-01-30 18:00:05", "2026-01-30T17:00:05"),
        ("20260430T1800", "2026-04-30T16:00"),
        ("2026-04-30", "2026-04-29T22:00"),
        ("2026-03-29 02:30", "2026-03-29T01:30"),  # skipped: 03:30
        ("2026-10-25 02:30", "2026-10-25T00:30"),  # repeated: the first
        ("2026-10-25 02:30+01:00", "2026-10-25T01:30"),
        ("today", "2026-03-29T22:00"),
        ("6:00", "2026-03-30T04:00"),
        ("Today 08:15", "2026-03-30T06:15"),
        ("yesterday", "2026-03-28T23:00"),  # still in winter
        ("yesterday 18:00", "2026-03-29T16:00"),
        ("YESTERDAY 1:30", "2026-03-29T00:30"),
        ("yesterday 02:30", "2026-03-29T01:30"),
        ("90s", "2026-03-30T09:58:30"),
        ("30m", "2026-03-30T09:30"),
        ("18h", "2026-03-29T16:00"),
        ("36 h", "2026-03-28T22:00"),  # hours are hours
        ("2d", "2026-03-28T11:00"),  # days are days of the calendar: 12:00 in winter
        ("1w", "2026-03-23T11:00"),
        ("0h", "2026-03-30T10:00"),
    ],
)
def test_a_time_is_local_unless_it_says_otherwise(text: str, utc: str) -> None:
    assert parse_time(text) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("", "now-ish", "18", "-3h", "1h30m", "3 fortnights", "yesterday 25:00", "yesterday 8"),
        *(
            "01/02/2026",
            "30.04.2026",
            "monday",
            "gestern",
            "2026-02-30",
            "2026-13-01",
            "10000-01-01",
        ),
        *(
            "2026-04-30 18:00 Europe/Berlin",
            "999999w",
            "10000-01-01",
            "\uff11\uff18h",  # digits of full width
            "٣h",
            "1777514400000",
        ),
    ],
)
def test_what_is_no_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(BadParameter) as caught:
        parse_time(text)
    assert str(caught.value) == f"{text!r} is no time. Write {EXAMPLES}."


@given(st.text())
def test_whatever_is_typed_is_a_time_or_refused(text: str) -> None:
    with suppress(BadParameter):
        assert parse_time(text).tzinfo is UTC


def test_a_zone_that_is_unknown_is_reported() -> None:
    ran = run("job-runs", "list", "--since", "18h", TZ="Nowhere/City")
    assert ran.code == 2
    assert "the time zone of this machine is unknown" in " ".join(ran.err.split())


def test_a_period_in_which_nothing_can_be_is_refused() -> None:
    early, late = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)
    check_period(early, late)
    check_period(early, early)
    check_period(None, early)
    check_period(late, None)
    with pytest.raises(BadParameter, match="is after --until"):
        check_period(late, early)
    with pytest.raises(BadParameter, match="is in the future"):
        check_period(datetime(9999, 1, 1, tzinfo=UTC), None)
