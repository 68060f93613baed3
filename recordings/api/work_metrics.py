"""How the work goes, as Prometheus metrics. Labels are our own words, few and fixed: no id, no register, no person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from threading import Lock
from typing import Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric

from recordings.pipeline import PIPELINE
from recordings.workload import Workload
from storage.work import BUCKETS, WEIGHTS, StepTimes, Work

PERSON: Final = "person"
# Who quarantined and failed recordings wait for, beside workers for light and for speech.
MOST_SLUGS: Final = 100
OTHER: Final = "other"
# Slugs are words of our own and there are some eighty; should one ever be made of what was sent, it stays unnamed.
_SLUG: Final = re.compile(r"[a-z][a-z0-9-]{0,63}")
_STEPS: Final = {arrow.waits_in: arrow.step for arrow in PIPELINE}


class Refusals:
    """Refused pushes by slug since this process started: it is the one that refuses, and the one that is asked."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._lock = Lock()

    def add(self, slug: str) -> None:
        """Count one."""
        with self._lock:
            known = slug in self._counts or len(self._counts) < MOST_SLUGS
            name = slug if known and _SLUG.fullmatch(slug) else OTHER
            self._counts[name] = self._counts.get(name, 0) + 1

    def family(self) -> Metric:
        """Return the counts."""
        found = CounterMetricFamily("vaiti_pushes_refused", "Pushes refused since the start, by slug", labels=["slug"])
        with self._lock:
            for slug, number in sorted(self._counts.items()):
                found.add_metric([slug], number)
        return found


def families(load: Workload) -> Iterator[Metric]:
    """Yield how the work goes at one moment."""
    yield from _waiting(load)
    yield from _steps(load.work)
    stopped = CounterMetricFamily("vaiti_stopped", "Calls that went to quarantine or failed", labels=["stage", "slug"])
    for (stage, slug), number in sorted(load.work.stopped.items()):
        stopped.add_metric([stage.value, slug if _SLUG.fullmatch(slug) else OTHER], number)
    yield stopped
    yield _gauge("vaiti_queue_up", "1 while the queue answers", load.workers is not None)
    if load.workers is not None:
        workers = GaugeMetricFamily("vaiti_workers", "Living workers for steps of a weight", labels=["weight"])
        for weight, number in load.workers.items():
            workers.add_metric([weight.value], number)
        yield workers
    if load.purge_round_age is not None:
        seconds = load.purge_round_age.total_seconds()
        yield _gauge("vaiti_last_purge_round_age_seconds", "Since the clock's duties were looked after", seconds)
    yield _gauge("vaiti_disk_free_bytes", "Free where the data folder is", load.disk_free)
    yield _gauge("vaiti_disk_size_bytes", "Size of that disk", load.disk_size)


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=float(value))


def _waiting(load: Workload) -> Iterator[Metric]:
    labels = ["stage", "waits_for"]
    count = GaugeMetricFamily("vaiti_waiting_recordings", "Recordings that nobody works on", labels=labels)
    oldest = GaugeMetricFamily("vaiti_oldest_waiting_seconds", "How long the first of them has been", labels=labels)
    for stage, found in load.work.waiting.items():
        names = [stage.value, WEIGHTS[stage].value if stage in WEIGHTS else PERSON]
        count.add_metric(names, found.count)
        age = 0.0 if found.since is None else max(0.0, (load.at - found.since).total_seconds())
        oldest.add_metric(names, age)
    yield count
    yield oldest


def _steps(work: Work) -> Iterator[Metric]:
    times = HistogramMetricFamily("vaiti_step_seconds", "How long steps took that ended", labels=["step"])
    sound = CounterMetricFamily("vaiti_step_sound_seconds", "Seconds of the calls in them", labels=["step"])
    for stage, found in work.steps.items():
        times.add_metric([_STEPS[stage]], _buckets(found), found.seconds)
        sound.add_metric([_STEPS[stage]], found.sound)
    yield times
    yield sound


def _buckets(found: StepTimes) -> list[tuple[str, float]]:
    ends = [*map(str, BUCKETS), "+Inf"]
    return list(zip(ends, accumulate(found.counts), strict=True))
