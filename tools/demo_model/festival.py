"""Speech with true times from Festival and its Finnish voices, for an accent that espeak-ng does not have.

Festival is run as a separate program, a batch of utterances at a time: a Scheme script goes in, sound files and the
times of words and segments come out. The voices are diphones of two people, 22.05 kHz. Debian: `apt-get install
festival festvox-suopuhe-mv festvox-suopuhe-lj`. `python -m tools.demo_model.festival --out DIR` writes shards as
dataset.py does.
"""

import argparse
import re
import subprocess
import tempfile
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt

from tools.demo_model import texts
from tools.demo_model.dataset import Item, write_shard
from tools.demo_model.speech import Speech, resampled

SHARD = 300
_BATCH = 50  # utterances to one run of Festival: a crash costs no more than these
_PATIENCE = 600  # seconds for a batch


# Two in five utterances of this voice need a diphone that it lacks, mostly between words (n-k, n-n, #-l, #-o); Festival
# puts silence there. The nearest sound that it has is better (n before k is a velar nasal in Finnish anyway), and texts
# without "nolla nolla" and "kahdeksan kaksi" would be no test. Alternatives are for all places, hence the hook.
_LJ = """
(voice_suo_fi_lj_diphone)
(set! alternatives (append suopuhe_alternatives '((N n) (L l))))
(us_db_select
  (us_diphone_init
    (list '(name "lj_nearest") '(grouped "true") '(default_diphone "#-#")
      (list 'index_file (path-append suo_fi_lj_dir "group/ljlpc.group"))
      (list 'alternates_left alternatives) (list 'alternates_right alternatives))))
(define (nearest item)
  (let ((near (string-append (item.feat item "p.name") " " (item.name item) " " (item.feat item "n.name"))))
    (cond
      ((string-matches near ".* n [kgn]") (item.set_name item "N"))
      ((string-matches near "#+ l .*") (item.set_name item "L"))
      ((string-matches near "#+ o .*") (item.set_name item "o:")))))
(set! UniSyn_module_hooks (list (lambda (utt) (mapcar nearest (utt.relation.items utt 'Segment)) utt)))
"""


@dataclass(frozen=True)
class Voice:
    """The Scheme that chooses a voice, and the range of its pitch in hertz."""

    scheme: str
    lowest: float
    highest: float


VOICES = {
    "festival-mv": Voice("(voice_hy_fi_mv_diphone)", 55, 120),
    "festival-lj": Voice(_LJ, 115, 300),
}
TRAINED, HELD_OUT = "festival-mv", "festival-lj"

_SPEAKABLE = re.compile(r"[a-zåäö ,.?!]+")
# A letter alone is spoken by its name, a longer word than is written; "sh" within a word is s + h in "asiakashinta",
# which Festival says as in English.
_UNSURE = re.compile(r"\b\w\b|\wsh\w")

_SCRIPT = """
{voice}
(define (row kind values) (format t "%s" kind) (mapcar (lambda (value) (format t " %s" value)) values) (format t "\\n"))
(define (feats item names) (mapcar (lambda (name) (item.feat item name)) names))
(define (say number text stretch lowest highest)
  (Parameter.set 'Duration_Stretch stretch)
  (set! *f_min* lowest)
  (set! *f_max* highest)
  (format stderr "@ %d\\n" number)
  (unwind-protect
    (let ((utt (utt.synth (eval (list 'Utterance 'Text text)))))
      (utt.save.wave utt (format nil "%d.wav" number) 'riff)
      (row "@" (list number))
      (mapcar (lambda (item) (row "W" (feats item '(name word_start word_end)))) (utt.relation.items utt 'Word))
      (mapcar
        (lambda (item) (row "S" (feats item '(name segment_start pos_in_syl R:SylStructure.parent.stress))))
        (utt.relation.items utt 'Segment))
      (row "." nil))
    (format stderr "failed\\n")))
"""

_PAUSES = ("#", "##")
_VOWELS = {"a": "a", "e": "e", "i": "i", "o": "o", "u": "u", "y": "y", "@": "&", "7": "Y"}
_LIGHT = "L"  # another l
_STOPS = frozenset("pbtdkg")


@dataclass(frozen=True)
class _Segment:
    """A segment as Festival reports it: name, start in seconds, place in its syllable, stress (2, 1 or 0)."""

    name: str
    start: float
    place: int
    stress: int

    @property
    def vowel(self) -> bool:
        return self.name.removesuffix(":") in _VOWELS


def speak(said: list[str], name: str, rng: Random) -> list[Speech]:
    """Speak texts, each with its own speed and pitch; those whose words or sounds are not sure are left out."""
    with tempfile.TemporaryDirectory(prefix="festival-") as place:
        folder = Path(place)
        script = folder / "say.scm"
        script.write_text(_script(said, VOICES[name], rng), encoding="iso-8859-1")
        done = subprocess.run(
            ["festival", "-b", script.name], cwd=folder, capture_output=True, timeout=_PATIENCE, check=False
        )
        reports = _reports(done.stdout.decode("iso-8859-1"))
        poor = _poor(done.stderr.decode("iso-8859-1"))
        whole = [(number, rows) for number, rows in reports.items() if number not in poor]
        spoken = [_speech(said[number], folder / f"{number}.wav", rows) for number, rows in whole]
    if not reports:
        raise SystemExit(f"festival said nothing: {done.stderr[-500:].decode('iso-8859-1')}")
    return [one for one in spoken if one is not None]


def _script(said: list[str], voice: Voice, rng: Random) -> str:
    lines = [_SCRIPT.format(voice=voice.scheme)]
    for number, text in enumerate(said):
        if not _SPEAKABLE.fullmatch(text):
            raise ValueError(f"not a text to speak: {text}")
        stretch, pitch = rng.uniform(0.85, 1.15), rng.uniform(0.9, 1.2)
        # the rules for letters know the capital only: a small one is read "tuntematonmerkki"
        written = text.replace("å", "Å")
        lowest, highest = voice.lowest * pitch, voice.highest * pitch
        lines.append(f'(say {number} "{written}" {stretch:.3f} {lowest:.1f} {highest:.1f})')
    return "\n".join(lines) + "\n"


def _reports(output: str) -> dict[int, list[list[str]]]:
    """Rows of each utterance that was reported to its end."""
    found: dict[int, list[list[str]]] = {}
    rows: list[list[str]] = []
    number = -1
    for line in output.splitlines():
        fields = line.split()
        if fields[:1] == ["@"]:
            rows, number = [], int(fields[1])
        elif fields == ["."]:
            found[number] = rows
        else:
            rows.append(fields)
    return found


def _poor(messages: str) -> set[int]:
    """Utterances with a complaint, above all a diphone that the voice does not have: it is silent there."""
    found: set[int] = set()
    number = -1
    for line in messages.splitlines():
        if line.startswith("@ "):
            number = int(line[2:])
        elif line.strip():
            found.add(number)
    return found


def _speech(text: str, path: Path, rows: list[list[str]]) -> Speech | None:
    """The utterance; None when Festival split, joined or spelled words, so that no wrong time is ever taught."""
    words = [(row[1].lower(), float(row[2]), float(row[3])) for row in rows if row[:1] == ["W"]]
    segments = [_Segment(row[1], float(row[2]), int(row[3]), int(row[4])) for row in rows if row[:1] == ["S"]]
    expected = texts.spoken_words(text)
    if not expected or [word for word, _, _ in words] != expected:
        return None
    starts, ends = [start for _, start, _ in words], [end for _, _, end in words]
    if any(end - start < 0.02 for start, end in zip(starts, ends, strict=True)):
        return None
    samples, rate = _sound(path)
    return Speech(samples, rate, expected, starts, ends, _phones(segments, starts))


def _sound(path: Path) -> tuple[npt.NDArray[np.float32], int]:
    """Samples in -1..1 and their rate in hertz."""
    with wave.open(str(path)) as file:
        data = file.readframes(file.getnframes())
        return np.frombuffer(data, np.int16).astype(np.float32) / np.float32(32768), file.getframerate()


def _phones(segments: list[_Segment], starts: list[float]) -> list[tuple[str, float]]:
    """Labels as espeak-ng gives them, so that one sound has one label whoever speaks.

    A diphthong is one label and so is a long vowel or stop; other long consonants are two. The first phoneme of a word
    lies 1 ms after the word's start, because windows.py counts phonemes strictly inside a word.
    """
    begins = set(starts)
    found: list[tuple[str, float]] = []
    sounds = _sounds(segments)
    for sound, after in zip(sounds, [*sounds[1:], None], strict=True):
        start, label = sound[0].start, _label(sound)
        found.append((label, start + (0.001 if start in begins else 0)))
        if after and _halved(sound[0]):
            found.append(("s2" if label == "s" else label, (start + after[0].start) / 2))
    return found


def _sounds(segments: list[_Segment]) -> list[list[_Segment]]:
    """Segments one by one, but the vowels of one syllable together."""
    sounds: list[list[_Segment]] = []
    for segment in segments:
        if sounds and sounds[-1][-1].vowel and segment.vowel and segment.place > 0:
            sounds[-1].append(segment)
        else:
            sounds.append([segment])
    return sounds


def _halved(segment: _Segment) -> bool:
    return segment.name.endswith(":") and not segment.vowel and segment.name[0] not in _STOPS


def _label(sound: list[_Segment]) -> str:
    """The label of windows.PHONES; one that is not there (as "T") is passed over in training."""
    if len(sound) > 1:
        return "".join(_VOWELS[segment.name.removesuffix(":")] for segment in sound)
    name = sound[0].name.removesuffix(":")
    if name in _PAUSES:
        return "_"
    if sound[0].name == "i" and sound[0].stress < 2:
        return "I"
    return "l" if name == _LIGHT else _VOWELS.get(name, name)


def utterances(rng: Random, count: int, held_out: list[str], name: str, wide: float = 0.12) -> Iterator[Item]:
    """Speak `count` texts; `wide` is the share kept at 16 kHz, the rest goes to 8 kHz."""
    endless = iter(lambda: texts.utterance(rng), None)
    source = (said for said in texts.filtered(endless, held_out) if not _UNSURE.search(said))
    made = 0
    while made < count:
        batch = list(islice(source, min(_BATCH, count - made + 5)))
        short = (said for said in speak(batch, name, rng) if said.ends[-1] <= 29)
        for said in islice(short, count - made):
            yield _item(said, name, 16000 if rng.random() < wide else 8000)
            made += 1


def _item(said: Speech, name: str, rate: int) -> Item:
    keep = int((said.ends[-1] + 0.05) * said.rate)
    sound = resampled(said.samples[:keep], said.rate, rate)
    whole = np.clip(sound * 32767, -32768, 32767).astype(np.int16)
    return Item(whole, rate, name, said.words, said.starts, said.ends, said.phones)


def make(folder: Path, name: str, count: int, seed: int, first: int = 0) -> None:
    """Make the shards that are not there yet. Each shard has one seed, so that it can be made again alone."""
    folder.mkdir(parents=True, exist_ok=True)
    held_out = texts.held_out_sentences()
    for number, done in enumerate(range(0, count, SHARD), first):
        shard = f"festival-{number:04d}"
        if not (folder / f"{shard}.jsonl").exists():
            rng = Random(seed * 100003 + number)
            write_shard(folder, shard, utterances(rng, min(SHARD, count - done), held_out, name))


def main() -> None:
    """Make `--count` utterances of one voice, in shards numbered from `--first`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--voice", choices=sorted(VOICES), default="festival-mv")
    parser.add_argument("--count", type=int, default=SHARD, help="utterances")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first shard")
    options = parser.parse_args()
    make(options.out, options.voice, options.count, options.seed, options.first)


if __name__ == "__main__":
    main()
