"""Make shards of synthetic speech and read them back.

A shard is `NAME.npy` (16-bit sound of many utterances, end to end) and `NAME.jsonl` (one utterance a line: voice,
rate, place in the sound, words with times, phonemes with times). 600 utterances (45 minutes) take 9 s on one free core.
Shards appear atomically, so that training can begin on the first ones while others are made.
"""

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt

from tools.demo_model import texts
from tools.demo_model.speech import VOICES, Synthesiser, Voice, resampled

SHARD = 600


@dataclass(frozen=True)
class Item:
    """One utterance: sound (16 bit), its rate, words and phonemes with times in seconds."""

    sound: npt.NDArray[np.int16]
    rate: int
    voice: str
    words: list[str]
    starts: list[float]
    ends: list[float]
    phones: list[tuple[str, float]]

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.sound) / self.rate


def random_voice(rng: Random, names: tuple[str, ...] = VOICES) -> Voice:
    """A voice with its own speed, pitch, liveliness and gaps between words."""
    gap = rng.randrange(1, 9) if rng.random() < 0.2 else 0
    return Voice(rng.choice(names), rng.randrange(125, 186), rng.randrange(25, 76), rng.randrange(25, 80), gap)


def utterances(rng: Random, count: int, held_out: list[str], names: tuple[str, ...], wide: float) -> Iterator[Item]:
    """Speak `count` texts; `wide` is the share kept at 16 kHz, the rest goes to 8 kHz."""
    synthesiser = Synthesiser()
    endless = iter(lambda: texts.utterance(rng), None)
    source = iter(texts.filtered(endless, held_out))
    made = 0
    while made < count:
        voice = random_voice(rng, names)
        said = synthesiser.say(next(source), voice)
        if said is None or said.ends[-1] > 29 or not said.words:
            continue
        rate = 16000 if rng.random() < wide else 8000
        keep = int((said.ends[-1] + 0.05) * said.rate)
        sound = resampled(said.samples[:keep], said.rate, rate)
        whole = np.clip(sound * 32767, -32768, 32767).astype(np.int16)
        words = [text for word in said.words for text in texts.spoken_words(word)]
        yield Item(whole, rate, voice.name, words, said.starts, said.ends, said.phones)
        made += 1


def write_shard(folder: Path, name: str, items: Iterator[Item]) -> None:
    """Write one shard; the .jsonl appears last and makes it visible."""
    sounds, lines, at = [], [], 0
    for item in items:
        lines.append(
            json.dumps(
                {
                    "at": at,
                    "n": len(item.sound),
                    "rate": item.rate,
                    "voice": item.voice,
                    "words": item.words,
                    "starts": [round(time, 3) for time in item.starts],
                    "ends": [round(time, 3) for time in item.ends],
                    "phones": [(label, round(time, 3)) for label, time in item.phones],
                },
                ensure_ascii=False,
            )
        )
        sounds.append(item.sound)
        at += len(item.sound)
    np.save(folder / f"{name}.npy", np.concatenate(sounds))
    part = folder / f"{name}.part"
    part.write_text("\n".join(lines) + "\n", encoding="utf-8")
    part.rename(folder / f"{name}.jsonl")


def read_shard(path: Path) -> list[Item]:
    """Items of one shard; the sound stays on disk until it is used."""
    sound = np.load(path.with_suffix(".npy"), mmap_mode="r")
    items = []
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        items.append(
            Item(
                sound[raw["at"] : raw["at"] + raw["n"]],
                raw["rate"],
                raw["voice"],
                raw["words"],
                raw["starts"],
                raw["ends"],
                [(label, time) for label, time in raw["phones"]],
            )
        )
    return items


def make(folder: Path, shards: range, seed: int, names: tuple[str, ...] = VOICES, wide: float = 0.12) -> None:
    """Make the shards that are not there yet. Each shard has one seed, so that it can be made again alone."""
    folder.mkdir(parents=True, exist_ok=True)
    held_out = texts.held_out_sentences()
    for number in shards:
        name = f"shard-{number:04d}"
        if not (folder / f"{name}.jsonl").exists():
            rng = Random(seed * 100003 + number)
            write_shard(folder, name, utterances(rng, SHARD, held_out, names, wide))


def main() -> None:
    """Make shards FIRST, FIRST + STEP, ... below LAST: two processes take the even and the odd ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/demo-model/speech"))
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--last", type=int, default=64)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--voices", nargs="+", default=list(VOICES))
    parser.add_argument("--nice", type=int, default=0)
    options = parser.parse_args()
    os.nice(options.nice)
    make(options.out, range(options.first, options.last, options.step), options.seed, tuple(options.voices))


if __name__ == "__main__":
    main()
