"""Finding personal data in 1,000 to 50,000 words, against presidio in two ways and regular expressions.

Beside the seconds stands how many of the numbers in these words each has found whole; what each finds in conversations
is in docs/evaluation.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.elsewhere import Elsewhere, NoPeer
from benchmarks.pairs import Row, compare

TALK = (
    "joo hei mä soitan siitä sähkölaskusta kun se oli viime kuussa paljon isompi kuin ennen ja mä en ymmärrä mistä se "
    "johtuu voisitteko te katsoa onko siinä jokin virhe ja milloin mittari on luettu viimeksi kiitos paljon"
)
CUES = ("henkilötunnus on", "puhelinnumero on", "tilinumero on")
SAID = (
    "yks kolme yks nolla viis kaks viiva yheksän kolme nolla vee",
    "nolla neljäkymmentä yks kaks kolme neljä viis kuus seittemän",
    "äf ii kaks yks yks kaks kolme neljä viis kuus nolla nolla nolla nolla nolla seittemän kaheksan viis",
    "131052-930V",
    "040 123 4567",
    "FI21 1234 5600 0007 85",
)
# As recognizers write them: in words, and in digits.
TURN = 40
LENGTHS, MORE_LENGTHS = (1_000, 5_000), (10_000, 30_000, 50_000)


def talk(words: int) -> tuple[str, list[range]]:
    """Return ordinary talk with about eleven numbers per 1,000 words, a turn a line, and the words of each."""
    plain, chosen = TALK.split(), random.Random(1)  # noqa: S311 - the same talk at every run
    turns: list[list[str]] = [[]]
    items: list[range] = []
    count = 0
    while count < words:
        if len(turns[-1]) >= TURN:
            turns.append([])
        before = len(turns[-1])
        if chosen.random() < 0.013:
            said = chosen.randrange(len(SAID))
            turns[-1] += [*CUES[said % len(CUES)].split(), *SAID[said].split()]
            items.append(range(count + len(CUES[said % len(CUES)].split()), count + len(turns[-1]) - before))
        else:
            turns[-1].append(chosen.choice(plain))
        count += len(turns[-1]) - before
    return "\n".join(" ".join(turn) for turn in turns), items


def rows(*, full: bool = False) -> Iterator[Row]:
    """Compare on the same words; the others get them as one text."""
    peers = {
        "presidio, default fi registry": ("presidio", "presidio_find", "default"),
        "presidio, blank pipeline and context": ("presidio", "presidio_find", "blank"),
        "regular expressions": ("", "ours_find", "expressions"),
    }
    with TemporaryDirectory(prefix="vaiti-") as folder:
        for words in LENGTHS + (MORE_LENGTHS if full else ()):
            file, (text, items) = Path(folder) / "words", talk(words)
            file.write_text(text, encoding="utf-8")
            for against, (peer, *script) in peers.items():
                with suppress(NoPeer), Elsewhere.ours("ours_find", "vaiti", file) as ours:
                    start = Elsewhere.of if peer else Elsewhere.ours
                    with start(*([peer] if peer else []), *script, file) as theirs:
                        row = compare(
                            f"detect in {words:,} words", ours, against, theirs, pairs=7 if words < 30_000 else 2
                        )
                        found = f"found whole {_share(ours.said, items)}, theirs {_share(theirs.said, items)}"
                        yield replace(row, beside=found)


def _share(touched: list[int], items: list[range]) -> str:
    known = set(touched)
    return f"{sum(known.issuperset(item) for item in items) / len(items):.0%}"
