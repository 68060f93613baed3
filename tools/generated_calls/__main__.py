"""`python -m tools.generated_calls OUT --calls 3000 --errors 0.1`: write labelled calls for `vaiti evaluate`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tools.generated_calls.labelled import generate
from tools.generated_calls.model import TalkSet


def main() -> None:
    """Write one file of calls a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write into")
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=float, default=0.0, help="share of number words that are misheard, 0 to 1")
    parser.add_argument("--talk", type=TalkSet, choices=tuple(TalkSet), default=TalkSet.FIRST, help="which set")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    target = chosen.out / f"calls-{chosen.talk.mark}{chosen.seed}-{round(chosen.errors * 100)}.jsonl"
    with target.open("w", encoding="utf-8") as file:
        for call in generate(chosen.calls, chosen.seed, chosen.errors, which=chosen.talk):
            file.write(json.dumps(call, ensure_ascii=False) + "\n")
    print(f"{chosen.calls} calls in {target}")


if __name__ == "__main__":
    main()
