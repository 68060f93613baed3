"""Make the demo speech model from nothing: `python -m tools.demo_model`.

Needs requirements-train.in installed and Debian's libespeak-ng1 and espeak-ng-data. Nothing is downloaded. Steps, with
times seen on one free core of a two-core machine (AVX-512):

1. speech      60 shards of 600 utterances, 45 h of sound, 3 GB: 9 min on one core, 4.5 min on two (`--jobs 2`)
2. tokeniser   10 s
3. training    `--minutes`, 90 by default; about 0.65 s a step on short windows, 1.3 s on full 30 s windows
4. conversion  2 s (int8, 6 MB)
5. alignment   1 min: the attention heads that give word times are chosen by measuring
6. evaluation  2 min: word error and word times on the sample calls and on texts never trained

Every step writes below `--work` and is skipped when its result is there; remove the folder to begin again. Training
goes on from the last checkpoint after an interruption.
"""

import argparse
import multiprocessing as mp
import subprocess
import sys
from pathlib import Path
from random import Random

from tools.demo_model import dataset, texts
from tools.demo_model.speech import HELD_OUT_VOICES, VOICES

_TEXTS_FOR_TOKENISER = 20000
_DEV_SEED, _HELD_OUT_SEED = 777, 778  # never used for training


def make_speech(work: Path, shards: int, jobs: int) -> None:
    """Training shards, then one shard of the same voices and one of voices never trained, both of new texts."""
    workers = [
        mp.Process(target=dataset.make, args=(work / "speech", range(job, shards, jobs), 1)) for job in range(jobs)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        if worker.exitcode:
            raise SystemExit("making speech failed")
    held = mp.Process(target=dataset.make, args=(work / "dev-held-out", range(1), _HELD_OUT_SEED, HELD_OUT_VOICES))
    dev = mp.Process(target=dataset.make, args=(work / "dev", range(1), _DEV_SEED, VOICES))
    for worker in (dev, held):
        worker.start()
        worker.join()


def make_tokeniser(path: Path) -> None:
    """Train the tokeniser on fresh texts of the grammar."""
    from tools.demo_model import tokens

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
    parser.add_argument("--out", type=Path, default=Path("workers/models/demo"))
    parser.add_argument("--minutes", type=float, default=90, help="of training")
    parser.add_argument("--shards", type=int, default=60, help="of training speech, 45 minutes each")
    parser.add_argument("--jobs", type=int, default=2, help="processes that make speech")
    options = parser.parse_args()
    work: Path = options.work
    tokenizer, checkpoints = work / "tokenizer.json", work / "checkpoints"
    make_speech(work, options.shards, options.jobs)
    if not tokenizer.exists():
        make_tokeniser(tokenizer)
    if not (checkpoints / "final.pt").exists():
        last = sorted(checkpoints.glob("step-*.pt"))[-1:]
        resume: list[str | Path] = ["--resume", last[0]] if last else []
        place: list[str | Path] = ["--speech", work / "speech", "--tokenizer", tokenizer, "--out", checkpoints]
        run("train", *place, "--minutes", str(options.minutes), *resume)
    run("convert", checkpoints / "final.pt", "--tokenizer", tokenizer, "--out", options.out)
    run("align", "--model", options.out, "--speech", work / "dev", "--write")
    run("evaluate", "--model", options.out, "--speech", work / "dev")
    run("evaluate", "--model", options.out, "--samples", work, "--speech", work / "dev-held-out")


if __name__ == "__main__":
    main()
