"""The dashboard and the alert rules in docs/monitoring name metrics that exist, and every alert says what to do."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from recordings.api.metrics import _Work, gauges
from recordings.api.work_metrics import Refusals
from recordings.status import Status
from recordings.workload import Workload
from storage.records import Stage
from storage.sweeps import SweepState
from storage.work import BUCKETS, WEIGHTS, StepTimes, Waiting, Weight, Work

DOCS = Path(__file__).parents[3] / "docs"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def every_metric() -> set[str]:
    """The names of all samples that the service can show."""
    status = Status(
        at=NOW,
        stages={},
        overdue=0,
        oldest_overdue=None,
        held=0,
        held_overdue=0,
        halted=None,
        sweep=SweepState(swept_at=NOW),
        shortened=0,
    )
    times = StepTimes(counts=[1] * (len(BUCKETS) + 1), seconds=1.0, sound=1.0)
    load = Workload(
        at=NOW,
        work=Work(
            waiting={Stage.FAILED: Waiting(count=1, since=NOW)},
            steps=dict.fromkeys(WEIGHTS, times),
            stopped={(Stage.FAILED, "fault"): 1},
        ),
        workers=dict.fromkeys(Weight, 1),
        purge_round_age=timedelta(seconds=1),
        disk_free=1,
        disk_size=2,
    )
    refusals = Refusals()
    refusals.add("facts-invalid")
    registry = gauges(status)
    registry.register(_Work(load, refusals))
    text = generate_latest(registry).decode()
    return {sample.name for family in text_string_to_metric_families(text) for sample in family.samples}


def named(expression: str) -> set[str]:
    return set(re.findall(r"\bvaiti_[a-z_]+", expression))


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load((DOCS / "monitoring" / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def test_the_dashboard_shows_metrics_that_exist() -> None:
    board = json.loads((DOCS / "monitoring" / "grafana.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    assert all(named(each) for each in asked)
    assert set().union(*map(named, asked)) - every_metric() == set()
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def test_every_alert_asks_metrics_that_exist_and_says_what_to_do() -> None:
    page = (DOCS / "monitoring.md").read_text(encoding="utf-8")
    for rule in rules():
        assert named(rule["expr"]) <= every_metric(), rule["alert"]
        assert rule["labels"]["severity"] in {"page", "ticket"}
        told = page.partition(f"### {rule['alert']}\n")[2].partition("\n### ")[0]
        assert told.startswith(rule["annotations"]["summary"]), rule["alert"]
        assert len(told) > len(rule["annotations"]["summary"]) + 20, rule["alert"]
    assert set(re.findall(r"### (Vaiti\w+)", page)) == {rule["alert"] for rule in rules()}


def test_every_metric_is_explained() -> None:
    page = (DOCS / "monitoring.md").read_text(encoding="utf-8")
    families = {re.sub(r"_(bucket|count|sum)$", "", name) for name in every_metric()}
    assert {name for name in families if f"`{name}`" not in page} == set()
