"""How far what was heard is from what was said: word error, number words apart, and errors of word times."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tools.demo_model import numbers

_NUMBER_STEMS = tuple(
    "nolla noll yks yksi kaks kaksi kolme kol neljä nel viis viisi kuus kuusi seitsemän seittemän seittemä seiska "
    "kahdeksan kaheksan kaheksa kasi yhdeksän yheksän yheksä ysi kymmenen kymmentä kymppi".split()
)
_NUMBER_PARTS = ("kymment", "kyt", "toista", "toist", "sataa", "sata", "tuhat", "tuhatta")
_SPOKEN_SIGNS = ("viiva", "miinus", "tupla", "tripla")


@dataclass(frozen=True)
class Word:
    """A written word with its times in seconds."""

    text: str
    start: float
    end: float


@dataclass
class Score:
    """Counts that add up over files."""

    words: int = 0
    errors: int = 0
    numbers: int = 0
    number_errors: int = 0
    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Sum."""
        self.words += other.words
        self.errors += other.errors
        self.numbers += other.numbers
        self.number_errors += other.number_errors
        self.starts += other.starts
        self.ends += other.ends

    def line(self, name: str) -> str:
        """One line of a report."""
        text = f"{name:26s} words {self.words:5d}  WER {self.errors / max(1, self.words):6.1%}"
        text += f"  numbers {self.numbers:5d}  WER {self.number_errors / max(1, self.numbers):6.1%}"
        for label, values in (("start", self.starts), ("end", self.ends)):
            if values:
                far = sorted(abs(value) for value in values)
                tail = far[int(len(far) * 0.95)] * 1000
                text += f"  {label} median {statistics.median(far) * 1000:4.0f} ms p95 {tail:5.0f}"
        return text

    @property
    def rate(self) -> float:
        """Word error rate."""
        return self.errors / max(1, self.words)


def is_number(word: str) -> bool:
    """Digits, cardinals and names of digits: what identifiers are said with."""
    if word in numbers.CASE_WORDS or word in numbers.PARTITIVE_NAMES or word in numbers.NAMES:
        return True
    if word in _NUMBER_STEMS:
        return True
    return word.startswith((*_NUMBER_STEMS, "sata", "tuhat")) and any(part in word for part in _NUMBER_PARTS)


def aligned(truth: Sequence[str], heard: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Pairs of indexes of the cheapest edit path; None for a word that is missing or added."""
    cost = np.zeros((len(truth) + 1, len(heard) + 1), np.int32)
    cost[:, 0], cost[0] = range(len(truth) + 1), range(len(heard) + 1)
    for i, word in enumerate(truth, 1):
        for j, other in enumerate(heard, 1):
            cost[i, j] = min(cost[i - 1, j - 1] + (word != other), cost[i - 1, j] + 1, cost[i, j - 1] + 1)
    pairs: list[tuple[int | None, int | None]] = []
    i, j = len(truth), len(heard)
    while i or j:
        if i and j and cost[i, j] == cost[i - 1, j - 1] + (truth[i - 1] != heard[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
            pairs.append((i, None))
        else:
            j -= 1
            pairs.append((None, j))
    return pairs[::-1]


def score(truth: Sequence[Word], heard: Sequence[Word]) -> Score:
    """Compare; an added word counts against the numbers when it is a number word."""
    out = Score(words=len(truth), numbers=sum(is_number(word.text) for word in truth))
    for i, j in aligned([word.text for word in truth], [word.text for word in heard]):
        if i is not None and j is not None and truth[i].text == heard[j].text:
            out.starts.append(heard[j].start - truth[i].start)
            out.ends.append(heard[j].end - truth[i].end)
            continue
        out.errors += 1
        text = truth[i].text if i is not None else heard[j].text if j is not None else ""
        out.number_errors += is_number(text)
    return out
