"""The queue of the embedded form: a hint wakes who waits."""

from threading import Thread
from time import monotonic

from storage.embedded_queue import EmbeddedQueue
from tests.contracts.builders import a_recording


def test_a_hint_that_came_before_is_not_lost(queue: EmbeddedQueue) -> None:
    queue.hint(a_recording())
    assert queue.wait(0)


def test_a_hint_wakes_who_waits(queue: EmbeddedQueue) -> None:
    woken: list[bool] = []
    waiter = Thread(target=lambda: woken.append(queue.wait(30)))
    waiter.start()
    queue.hint(a_recording())
    waiter.join(10)
    assert woken == [True]


def test_without_a_hint_the_time_runs_out(queue: EmbeddedQueue) -> None:
    began = monotonic()
    assert not queue.wait(0.05)
    assert monotonic() - began >= 0.04


def test_each_hint_wakes_once_and_a_repeated_one_counts_once(queue: EmbeddedQueue) -> None:
    recording = a_recording()
    queue.hint(recording)
    queue.hint(recording)
    queue.hint(a_recording())
    assert [queue.wait(0) for _ in range(3)] == [True, True, False]
