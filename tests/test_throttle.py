"""How fast a client sends after the service has answered 429."""

from __future__ import annotations

import math
import threading

import pytest
from aidp_workbench import TooManyRequestsError
from aidp_workbench.transport.throttle import Slot, Throttle
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_clock import FakeClock

REFUSAL = TooManyRequestsError(429, "TooManyRequests", "later", None, "GET", "/", 1)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def throttle(clock: FakeClock) -> Throttle:
    return Throttle(clock)


def sent(throttle: Throttle, clock: FakeClock, slot: Slot | None = None) -> Slot:
    """A request that waits until it is its turn, and is sent."""
    slot = slot or Slot(math.inf)
    while seconds := throttle.seconds_to_wait(slot):
        clock.sleep(seconds)
    return slot


def times(throttle: Throttle, clock: FakeClock, requests: int) -> list[float]:
    """When each of several requests that come at the same time is sent, in seconds from now."""
    begin = clock.now()
    slots = [Slot(math.inf) for _ in range(requests)]
    return [sent(throttle, clock, slot).sent - begin for slot in slots]


def test_no_request_waits_before_the_first_429(throttle: Throttle, clock: FakeClock) -> None:
    assert times(throttle, clock, 100) == [0] * 100
    throttle.speed_up(sent(throttle, clock))
    assert times(throttle, clock, 100) == [0] * 100


def test_after_a_429_all_wait_and_go_on_one_by_one(throttle: Throttle, clock: FakeClock) -> None:
    throttle.slow_down(sent(throttle, clock), 2, REFUSAL)
    assert times(throttle, clock, 4) == pytest.approx([2, 2.1, 2.2, 2.3])


def test_429s_to_requests_that_were_sent_together_begin_one_pause(
    throttle: Throttle, clock: FakeClock
) -> None:
    for slot in [sent(throttle, clock) for _ in range(30)]:
        clock.sleep(0.001)
        throttle.slow_down(slot, 2, REFUSAL)
    assert times(throttle, clock, 3) == pytest.approx([1.971, 2.071, 2.171])


def test_a_waiting_request_waits_longer_if_another_is_refused(
    throttle: Throttle, clock: FakeClock
) -> None:
    throttle.slow_down(sent(throttle, clock), 2, REFUSAL)
    first, second = Slot(math.inf), Slot(math.inf)
    assert throttle.seconds_to_wait(second) > 1
    clock.sleep(2)
    assert throttle.seconds_to_wait(first) == 0
    throttle.slow_down(first, 3, REFUSAL)
    assert throttle.seconds_to_wait(second) >= 3


def test_the_call_that_began_first_goes_first(throttle: Throttle, clock: FakeClock) -> None:
    old, refused = Slot(math.inf), sent(throttle, clock)
    throttle.slow_down(refused, 2, REFUSAL)
    new = Slot(math.inf)
    for waiting in (new, refused, old):
        assert throttle.seconds_to_wait(waiting) > 0
    clock.sleep(2)
    order: list[str] = []
    while len(order) < 3:
        for name, slot in {"new": new, "refused": refused, "old": old}.items():
            if name not in order and throttle.seconds_to_wait(slot) == 0:
                order.append(name)
        clock.sleep(0.1)
    assert order == ["old", "refused", "new"]


def test_a_turn_that_comes_too_late_is_known_at_once(throttle: Throttle, clock: FakeClock) -> None:
    throttle.slow_down(sent(throttle, clock), 2, REFUSAL)
    assert throttle.seconds_to_wait(Slot(deadline=clock.now() + 1.9)) == math.inf
    assert throttle.seconds_to_wait(Slot(deadline=clock.now() + 2.1)) < math.inf
    assert throttle.refusal is REFUSAL


def test_nothing_is_sent_at_the_deadline(throttle: Throttle, clock: FakeClock) -> None:
    throttle.slow_down(sent(throttle, clock), 2, REFUSAL)
    older, younger = Slot(math.inf), Slot(deadline=clock.now() + 3)
    throttle.seconds_to_wait(older)
    clock.sleep(3)
    assert throttle.seconds_to_wait(younger) == math.inf


def test_a_request_that_was_given_up_does_not_delay_the_others(
    throttle: Throttle, clock: FakeClock
) -> None:
    throttle.slow_down(sent(throttle, clock), 2, REFUSAL)
    left, lost, last = Slot(math.inf), Slot(math.inf), Slot(math.inf)
    for slot in (left, lost, last):
        throttle.seconds_to_wait(slot)
    throttle.leave(left)
    del lost  # by an interrupt that left no time to say so
    clock.sleep(2)
    assert throttle.seconds_to_wait(last) == 0


def test_the_gap_is_doubled_up_to_the_pause(throttle: Throttle, clock: FakeClock) -> None:
    gaps = []
    for _ in range(8):
        throttle.slow_down(sent(throttle, clock), 1, REFUSAL)
        first, second = times(throttle, clock, 2)
        gaps.append(second - first)
    assert gaps == pytest.approx([0.05, 0.1, 0.2, 0.4, 0.8, 1, 1, 1])


def test_successes_close_the_gap(throttle: Throttle, clock: FakeClock) -> None:
    throttle.slow_down(sent(throttle, clock), 1, REFUSAL)
    for _ in range(40):
        throttle.speed_up(sent(throttle, clock))
    assert times(throttle, clock, 3) == [0, 0, 0]


def test_a_success_from_before_the_pause_does_not_shrink_the_gap(
    throttle: Throttle, clock: FakeClock
) -> None:
    refused, accepted = sent(throttle, clock), sent(throttle, clock)
    clock.sleep(0.1)
    throttle.slow_down(refused, 2, REFUSAL)
    for _ in range(100):
        throttle.speed_up(accepted)
    assert times(throttle, clock, 2) == pytest.approx([2, 2.1])


def test_those_behind_others_ask_again_half_way(throttle: Throttle, clock: FakeClock) -> None:
    throttle.slow_down(sent(throttle, clock), 2, REFUSAL)
    slots = [Slot(math.inf) for _ in range(3)]
    assert [throttle.seconds_to_wait(slot) for slot in slots] == pytest.approx([2, 2.05, 2.1])


def test_nobody_overtakes_when_the_gap_has_ended(throttle: Throttle, clock: FakeClock) -> None:
    first = sent(throttle, clock)
    throttle.slow_down(first, 1, REFUSAL)
    older, younger = Slot(math.inf), Slot(math.inf)
    throttle.seconds_to_wait(older)
    sent(throttle, clock, first)
    for _ in range(100):
        throttle.speed_up(first)
    clock.sleep(1)
    assert throttle.seconds_to_wait(younger) > 0
    assert throttle.seconds_to_wait(older) == 0


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 100), st.floats(0, 10)), max_size=50))
def test_no_request_is_sent_in_a_pause(events: list[tuple[bool, float, float]]) -> None:
    clock = FakeClock()
    throttle, pause_end = Throttle(clock), 0.0
    for refused, seconds, later in events:
        clock.sleep(later)
        slot = sent(throttle, clock)
        assert slot.sent >= pause_end
        if refused:
            throttle.slow_down(slot, seconds, REFUSAL)
            pause_end = clock.now() + seconds
        else:
            throttle.speed_up(slot)


def test_threads_take_different_turns(clock: FakeClock) -> None:
    throttle = Throttle(clock)
    throttle.slow_down(sent(throttle, clock), 1, REFUSAL)
    clock.sleep(1)
    slots = [Slot(math.inf) for _ in range(64)]
    begin = threading.Barrier(len(slots))
    turns: list[float] = []

    def ask(slot: Slot) -> None:
        begin.wait()
        turns.append(throttle.seconds_to_wait(slot))

    threads = [threading.Thread(target=ask, args=(slot,)) for slot in slots]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert turns.count(0) <= 1


class TestRate:
    def test_spaces_requests_from_the_first(self, clock: FakeClock) -> None:
        assert times(Throttle(clock, rate=10), clock, 4) == pytest.approx([0, 0.1, 0.2, 0.3])

    def test_is_kept_also_by_those_that_wait_together(self, clock: FakeClock) -> None:
        throttle = Throttle(clock, rate=10)
        first, second, third = (Slot(math.inf) for _ in range(3))
        assert throttle.seconds_to_wait(first) == 0
        assert throttle.seconds_to_wait(second) == pytest.approx(0.1)
        assert throttle.seconds_to_wait(third) > 0.1
        assert [sent(throttle, clock, one).sent - 1000 for one in (second, third)] == (
            pytest.approx([0.1, 0.2])
        )

    def test_is_lower_while_the_service_asks_for_it(self, clock: FakeClock) -> None:
        throttle = Throttle(clock, rate=10)
        throttle.slow_down(sent(throttle, clock), 4, REFUSAL)
        assert times(throttle, clock, 3) == pytest.approx([4, 4.2, 4.4])
        for _ in range(30):
            throttle.speed_up(sent(throttle, clock))
        assert throttle.is_pacing
        assert times(throttle, clock, 3)[1:] == pytest.approx([0.2, 0.3], abs=0.11)

    def test_never_makes_a_call_too_late(self, clock: FakeClock) -> None:
        throttle = Throttle(clock, rate=0.1)
        throttle.refusal = REFUSAL
        sent(throttle, clock)
        assert throttle.seconds_to_wait(Slot(clock.now() + 1)) == pytest.approx(10)
