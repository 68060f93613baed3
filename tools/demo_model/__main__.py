"""Make the demo speech model from nothing: `python -m tools.demo_model`.

Needs requirements-train.in installed, and from Debian libespeak-ng1, espeak-ng-data, festival, festvox-suopuhe-mv and
festvox-suopuhe-lj. Nothing is downloaded. Steps, with times seen on a two-core machine (AVX-512):

1. speech      80 shards of espeak-ng, 60 h of sound, 4 GB: 5 min; 3,000 utterances of Festival: 10 min on one core
2. tokeniser   10 s
3. training    `train.STEPS` steps (11,200), 0.8 s each on two free cores
4. conversion  2 s (int8, 6 MB)
5. alignment   1 min: the attention heads that give word times are chosen by measuring
6. evaluation  10 min: word error and word times on the sample calls and on texts and voices never trained on

`--quick` does all of it with little of everything, in less than ten minutes, and shows that it works, not how well.
Every step writes below `--work` and is skipped when its result is there; remove the folder to begin again. Training
goes on from the last checkpoint after an interruption.
"""

import argparse
import multiprocessing as mp
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tools.demo_model import dataset, festival, texts, tokens
from tools.demo_model.speech import HELD_OUT_VOICES, VOICES

_TEXTS_FOR_TOKENISER = 20000
_SEED, _FESTIVAL_SEED = 11, 902
_DEV_SEED, _HELD_OUT_SEED, _FESTIVAL_DEV_SEED = 777, 778, 900  # never used for training


@dataclass(frozen=True)
class Plan:
    """How much of everything. `shards` are 600 utterances of espeak-ng, `festival` counts utterances."""

    shards: int = 80
    festival: int = 3000
    dev: int = 320
    steps: int | None = None  # None: as train.py has it
    evaluated: int = 40

    @classmethod
    def quick(cls) -> "Plan":
        """Just enough to see that every step works."""
        return cls(shards=2, festival=20, dev=40, steps=150, evaluated=2)


def make_speech(work: Path, plan: Plan, jobs: int) -> None:
    """Speech to train on and, of other texts, speech of the same voices and of voices never trained on."""
    tasks = [
        mp.Process(target=dataset.make, args=(work / "speech", range(job, plan.shards, jobs), _SEED))
        for job in range(jobs)
    ]
    tasks += [
        mp.Process(target=dataset.make, args=(work / "dev", range(1), _DEV_SEED, VOICES)),
        mp.Process(target=dataset.make, args=(work / "dev-held-out", range(1), _HELD_OUT_SEED, HELD_OUT_VOICES)),
    ]
    for name, voice, count, seed in (
        ("speech", festival.TRAINED, plan.festival, _FESTIVAL_SEED),
        ("dev-festival", festival.HELD_OUT, plan.dev // 5, _FESTIVAL_DEV_SEED),
        ("dev", festival.TRAINED, plan.dev // 5, _FESTIVAL_DEV_SEED + 1),
    ):
        tasks.append(mp.Process(target=festival.make, args=(work / name, voice, count, seed)))
    for task in tasks:
        task.start()
    for task in tasks:
        task.join()
        if task.exitcode:
            raise SystemExit("making speech failed")


def make_tokeniser(path: Path) -> None:
    """Train the tokeniser on fresh texts of the grammar."""
    rng = Random(99)
    said = (" ".join(texts.spoken_words(texts.utterance(rng))) for _ in range(_TEXTS_FOR_TOKENISER))
    tokens.trained(said).save(str(path))


def run(module: str, *arguments: str | Path) -> None:
    """One step as its own process, with its output shown."""
    subprocess.run([sys.executable, "-m", f"tools.demo_model.{module}", *map(str, arguments)], check=True)


def main() -> None:
    """All steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path("build/demo-model"))
    parser.add_argument("--out", type=Path, help="workers/models/demo, with --quick WORK/model")
    parser.add_argument("--quick", action="store_true", help="little of everything, to see that it works")
    parser.add_argument("--jobs", type=int, default=2, help="processes that make speech, and that train")
    options = parser.parse_args()
    plan = Plan.quick() if options.quick else Plan()
    work: Path = options.work
    out: Path = options.out or (work / "model" if options.quick else Path("workers/models/demo"))
    tokenizer, checkpoints = work / "tokenizer.json", work / "checkpoints"
    make_speech(work, plan, options.jobs)
    if not tokenizer.exists():
        make_tokeniser(tokenizer)
    if not (checkpoints / "final.pt").exists():
        last = sorted(checkpoints.glob("step-*.pt"))[-1:]
        more: list[str | Path] = ["--resume", last[0]] if last else []
        more += ["--steps", str(plan.steps)] if plan.steps else []
        place: list[str | Path] = ["--speech", work / "speech", "--tokenizer", tokenizer, "--out", checkpoints]
        run("train", *place, "--processes", str(options.jobs), *more)
    run("convert", checkpoints / "final.pt", "--tokenizer", tokenizer, "--out", out)
    run("align", "--model", out, "--speech", work / "dev", "--write")
    held_out = [work / name for name in ("dev", "dev-held-out", "dev-festival")]
    run("evaluate", "--model", out, "--speech", *held_out, "--trained", work / "speech", "--each", str(plan.evaluated))


if __name__ == "__main__":
    main()
