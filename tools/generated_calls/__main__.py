"""`python -m tools.generated_calls OUT --calls 3000 --errors 0.1`: write labelled calls for `vaiti evaluate`.

With `--sound` every call is also said aloud into a FLAC file beside its labels, for `vaiti evaluate OUT --sound`
(needs requirements-train.in and espeak-ng).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from tools.generated_calls.calls import make_calls
from tools.generated_calls.labelled import generate, hear
from tools.generated_calls.model import Call, TalkSet


def main() -> None:
    """Write one file of calls a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write into")
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", type=float, default=0.0, help="share of number words that are misheard, 0 to 1")
    parser.add_argument("--talk", type=TalkSet, choices=tuple(TalkSet), default=TalkSet.FIRST, help="which set")
    parser.add_argument("--sound", action="store_true", help="also say the calls aloud, one file a call")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.sound:
        _write_sound(chosen.out, make_calls(chosen.calls, chosen.seed, which=chosen.talk), chosen.errors)
        return
    target = chosen.out / f"calls-{chosen.talk.mark}{chosen.seed}-{round(chosen.errors * 100)}.jsonl"
    with target.open("w", encoding="utf-8") as file:
        for call in generate(chosen.calls, chosen.seed, chosen.errors, which=chosen.talk):
            file.write(json.dumps(call, ensure_ascii=False) + "\n")
    print(f"{chosen.calls} calls in {target}")


def _write_sound(folder: Path, calls: Iterable[Call], errors: float) -> None:
    """Write CASE.flac and CASE.json for each call; the sound and the times of the words are the same at every rate."""
    # scipy and espeak-ng are there for the demo model only
    from tools.demo_model.speech import Synthesiser
    from tools.generated_calls.voice import RATE, speak
    from workers.engines.codec import AvCodec

    synthesiser, codec, seconds = Synthesiser(), AvCodec(), 0.0
    for call in calls:
        spoken = speak(call, synthesiser)
        samples = np.round(spoken.sound * 32767).astype(np.int16)
        with (folder / f"{call.case}.flac").open("wb") as file:
            codec.encode_flac([samples], rate=RATE, channels=samples.shape[1], bits=16, out=file)
        labelled = {**hear(call, errors, spoken.turns), "audio": f"{call.case}.flac"}
        (folder / f"{call.case}.json").write_text(json.dumps(labelled, ensure_ascii=False), encoding="utf-8")
        seconds += len(samples) / RATE
        print(f"{call.case}: {len(samples) / RATE:.0f} s", flush=True)
    print(f"{seconds / 3600:.2f} hours of sound in {folder}")


if __name__ == "__main__":
    main()
