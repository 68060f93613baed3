"""How the service stands, for a Prometheus server: counts and ages, no id, and nothing that needs a second look."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from recordings.api.deps import MayMeasure, Service
from recordings.api.work_metrics import Refusals, families
from recordings.status import Status
from recordings.workload import Workload
from storage.records import Stage
from storage.sweeps import Mismatch

router = APIRouter(tags=["health"])


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def get_metrics(request: Request, vaiti: Service, _caller: MayMeasure) -> Response:
    """Return counts and ages in Prometheus' text format."""
    registry = gauges(vaiti.status(vaiti.controllers.scope))
    registry.register(_Work(vaiti.workload(), request.app.state.refusals))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


class _Work(Collector):
    """How the work goes, in the form that a registry takes."""

    def __init__(self, load: Workload, refusals: Refusals) -> None:
        self._load = load
        self._refusals = refusals

    def collect(self) -> Iterator[Metric]:
        """Yield what was read."""
        yield from families(self._load)
        yield self._refusals.family()


def gauges(status: Status) -> CollectorRegistry:
    """Return one moment as gauges: they are read anew for each request, so a process that starts forgets nothing."""
    registry = CollectorRegistry()
    stages = Gauge("vaiti_recordings", "Recordings in a stage", ["stage"], registry=registry)
    for stage in Stage:
        stages.labels(stage.value).set(status.stages.get(stage, 0))
    left = Gauge("vaiti_mismatches", "What the last sweep left", ["kind"], registry=registry)
    repaired = Gauge("vaiti_mismatches_repaired", "What the last sweep put right", ["kind"], registry=registry)
    for kind in Mismatch:
        left.labels(kind.value).set(status.sweep.left.get(kind, 0))
        repaired.labels(kind.value).set(status.sweep.repaired.get(kind, 0))
    oldest = status.oldest_overdue.total_seconds() if status.oldest_overdue else 0
    plain = (
        ("vaiti_overdue_recordings", "Recordings over an hour past their time that nothing holds", status.overdue),
        ("vaiti_oldest_overdue_seconds", "How long the first of them is past its time", oldest),
        ("vaiti_held_recordings", "Recordings that a hold keeps", status.held),
        ("vaiti_held_overdue_recordings", "Recordings past their time that a hold keeps", status.held_overdue),
        ("vaiti_periods_shortened", "Periods shorter in the controllers file than in force", status.shortened),
        ("vaiti_purge_halted", "1 while the purge waits for a person", status.halted is not None),
    )
    for name, text, value in plain:
        Gauge(name, text, registry=registry).set(float(value))
    if status.sweep_age is not None:  # absent where there was none: no age is right then
        age = Gauge("vaiti_last_sweep_age_seconds", "How long ago all stores were compared", registry=registry)
        age.set(status.sweep_age.total_seconds())
    return registry
