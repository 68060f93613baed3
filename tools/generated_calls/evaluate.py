"""`make evaluate`: generated calls at each error rate, through Vaiti and its peers, into docs/evaluation.

With `--talk second` the page is second-talk.md, and which calls leak is written nowhere but where `--leaks` says:
whoever writes rules is not to find it by chance.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

from tools.generated_calls.model import TalkSet
from tools.generated_calls.shards import generated
from workers.evaluation.bar import show_progress
from workers.evaluation.page import write_blind_page, write_page
from workers.evaluation.report import report
from workers.evaluation.run import SYSTEMS, evaluate

RATES = (0.0, 0.05, 0.1, 0.2)
BUILD = Path("build/evaluation")
# Every leak of every system, by case id; the page in docs has Vaiti's own only.


def main() -> None:
    """Generate, evaluate, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=20261)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=Path("docs/evaluation"))
    parser.add_argument("--talk", type=TalkSet, choices=tuple(TalkSet), default=TalkSet.FIRST, help="which set")
    parser.add_argument("--rates", type=float, nargs="+", default=RATES, help="shares of number words misheard, 0 to 1")
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--leaks", type=Path, help="file for the case ids of the second set's leaks")
    chosen = parser.parse_args()
    began = time.monotonic()
    reports = {f"{round(rate * 100)}": _one_rate(rate, chosen) for rate in chosen.rates}
    document = {"calls": chosen.calls, "seed": chosen.seed, "commit": _commit(), "rates": reports}
    if chosen.talk is TalkSet.SECOND:
        leaks = {rate: _take_leaks(result) for rate, result in reports.items()}
        if chosen.leaks:
            chosen.leaks.write_text(json.dumps(leaks, ensure_ascii=False, indent=1), encoding="utf-8")
        page = write_blind_page(document, chosen.out)
    else:
        page = write_page(document, chosen.out)
    BUILD.mkdir(parents=True, exist_ok=True)
    kept = BUILD / f"{chosen.talk.mark}report.json"
    kept.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{page} is written ({time.monotonic() - began:.0f} s); the whole report is in {kept}")


def _one_rate(rate: float, chosen: argparse.Namespace) -> dict[str, Any]:
    shards = generated(chosen.calls, chosen.seed, rate, chosen.talk)
    with show_progress(f"errors in {rate:.0%} of number words") as progress:
        result = evaluate(shards, SYSTEMS if chosen.peers else SYSTEMS[:1], jobs=chosen.jobs, progress=progress)
    return report(result.tallies)


def _take_leaks(report: dict[str, Any]) -> dict[str, Any]:
    """Take the leaks and their commonest kinds out of a report."""
    return {
        name: {key: system.pop(key) for key in ("leaks", "leak_patterns")} for name, system in report["systems"].items()
    }


def _commit() -> str:
    """Return which rules were measured; "-dirty" when they are in no commit."""
    described = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return described.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
