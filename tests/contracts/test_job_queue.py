"""What every JobQueue must do."""

from threading import Thread
from time import monotonic

from storage.ports import JobQueue
from tests.contracts.builders import an_id


def test_a_hint_that_came_before_is_not_lost(queue: JobQueue) -> None:
    queue.hint(an_id())
    assert queue.wait(0)


def test_a_hint_wakes_who_waits(queue: JobQueue) -> None:
    woken: list[bool] = []
    waiter = Thread(target=lambda: woken.append(queue.wait(30)))
    waiter.start()
    queue.hint(an_id())
    waiter.join(10)
    assert woken == [True]


def test_without_a_hint_the_time_runs_out(queue: JobQueue) -> None:
    began = monotonic()
    assert not queue.wait(0.05)
    assert monotonic() - began >= 0.04


def test_each_hint_wakes_once_and_a_repeated_one_counts_once(queue: JobQueue) -> None:
    recording = an_id()
    queue.hint(recording)
    queue.hint(recording)
    queue.hint(an_id())
    assert [queue.wait(0) for _ in range(3)] == [True, True, False]
