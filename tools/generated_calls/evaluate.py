"""`make evaluate`: generated calls at each error rate, through Vaiti and its peers, into docs/evaluation."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from pathlib import Path
from typing import Any

from tools.generated_calls.shards import generated
from workers.evaluation.bar import show_progress
from workers.evaluation.page import write_page
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
    chosen = parser.parse_args()
    began = time.monotonic()
    reports = {f"{round(rate * 100)}": _one_rate(rate, chosen.calls, chosen.seed, chosen.jobs) for rate in RATES}
    document = {"calls": chosen.calls, "seed": chosen.seed, "commit": _commit(), "rates": reports}
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / "report.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
    write_page(document, chosen.out)
    print(
        f"{chosen.out}/figures.md is written ({time.monotonic() - began:.0f} s); every leak is in {BUILD}/report.json"
    )


def _one_rate(rate: float, calls: int, seed: int, jobs: int) -> dict[str, Any]:
    with show_progress(f"errors in {rate:.0%} of number words") as progress:
        result = evaluate(generated(calls, seed, rate), SYSTEMS, jobs=jobs, progress=progress)
    return report(result.tallies)


def _commit() -> str:
    """Return which rules were measured; "-dirty" when they are in no commit."""
    described = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return described.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
