"""Speak the calls and write sound and truth. The same machine image gives the same bytes every time."""

import argparse
import json
import re
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import soundfile

from tools.demo_model.speech import Speech, Synthesiser, Voice, resampled
from tools.sample_calls.scripts import CALLS, Call, Turn, words_of

RATE = 8000
LEVEL = (0.16, 0.12)  # gain of agent and customer: headsets are louder; both modest, which FLAC rewards
NOISE_DBFS = -85.0  # slight line noise; more would double the size of the files


def spoken(synthesiser: Synthesiser, call: Call, turn: Turn, rng: Random) -> Speech:
    """One turn in its speaker's voice, sentence by sentence; every word must have a time of its own."""
    name, rate, pitch = call.voices[turn.channel]
    sounds: list[npt.NDArray[np.float32]] = []
    words: list[str] = []
    starts: list[float] = []
    ends: list[float] = []
    clock = 0.0
    for sentence in re.findall(r"[^.?!]+[.?!]?", turn.text):
        said = synthesiser.say(sentence.strip().rstrip("."), Voice(name, rate, pitch))
        if said is None or said.words != words_of(sentence):
            raise ValueError(f"espeak-ng merged words in call {call.name}: {sentence}")
        pause = rng.uniform(0.1, 0.3) if words else 0.0
        kept = said.samples[: round((said.ends[-1] + 0.05) * said.rate)]
        sounds += [np.zeros(round(pause * said.rate), np.float32), kept]
        clock += round(pause * said.rate) / said.rate
        words += said.words
        starts += [clock + start for start in said.starts]
        ends += [clock + end for end in said.ends]
        clock += len(kept) / said.rate
    return Speech(np.concatenate(sounds), synthesiser.rate, words, starts, ends, [])


def render(synthesiser: Synthesiser, call: Call) -> tuple[npt.NDArray[np.float32], dict[str, object]]:
    """Sound (samples, 2) and truth of one call."""
    rng = Random(call.name)
    placed: list[tuple[int, int, npt.NDArray[np.float32]]] = []
    words: list[dict[str, object]] = []
    personal: list[dict[str, object]] = []
    clock = rng.uniform(0.8, 1.4)
    for turn in call.turns:
        said = spoken(synthesiser, call, turn, rng)
        sound = resampled(said.samples, said.rate, RATE) * LEVEL[turn.channel]
        at = round(clock * RATE)
        placed.append((at, turn.channel, sound))
        base, offset = len(words), at / RATE
        for text, start, end in zip(said.words, said.starts, said.ends, strict=True):
            words.append(
                {
                    "text": text,
                    "start": round(offset + start, 3),
                    "end": round(offset + end, 3),
                    "channel": turn.channel,
                }
            )
        for kind, first, last in turn.personal:
            run = {"type": kind, "channel": turn.channel, "first": base + first, "last": base + last}
            personal.append(run | {"start": words[base + first]["start"], "end": words[base + last]["end"]})
        clock = offset + said.ends[-1] + rng.triangular(0.3, 1.2, 0.4)
    length = round((clock + 0.8) * RATE)
    noise = np.random.default_rng([ord(char) for char in call.name])
    mixed = (noise.standard_normal((length, 2)) * 10 ** (NOISE_DBFS / 20)).astype(np.float32)
    for at, channel, sound in placed:
        piece = sound[: length - at]
        mixed[at : at + len(piece), channel] += piece
    return np.clip(mixed, -1, 1), {"words": words, "personal": personal}


def facts(call: Call) -> dict[str, object]:
    """What a telephony system would know of the call."""
    return {
        "format": "vaiti-sample/1",
        "kind": call.kind,
        "call_id": f"sample-{call.name}",
        "title": call.title,
        "audio": f"{call.name}.{call.suffix}",
        "days_ago": call.days_ago,
        "time_of_day": call.time_of_day,
        "direction": call.direction,
        "queue": call.queue,
        "agent": call.agent,
        "customer": [{"type": kind, "value": value} for kind, value in call.customer],
        "known": {},
        "times": "word",
    }


def write(folder: Path, call: Call, sound: npt.NDArray[np.float32], truth: dict[str, object]) -> None:
    """FLAC 16 bit, or mu-law WAV; truth beside it."""
    subtype = "ULAW" if call.suffix == "wav" else "PCM_16"
    compression = {} if call.suffix == "wav" else {"compression_level": 1.0}
    soundfile.write(folder / f"{call.name}.{call.suffix}", sound, RATE, subtype=subtype, **compression)
    duration = {"duration": round(len(sound) / RATE, 3)}
    text = json.dumps(facts(call) | duration | truth, ensure_ascii=False, indent=None, separators=(",", ":"))
    text = text.replace('{"text"', '\n{"text"').replace('{"type":"', '\n{"type":"')
    (folder / f"{call.name}.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Write every sample call (about 10 s)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("workers/samples"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    synthesiser = Synthesiser()
    for call in CALLS:
        sound, truth = render(synthesiser, call)
        write(options.out, call, sound, truth)
        print(f"{call.name}: {len(sound) / RATE:.1f} s")


if __name__ == "__main__":
    main()
