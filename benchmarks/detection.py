"""Finding personal data in 1,000 to 30,000 words, against presidio's own Finnish registry and regular expressions.

What each of them finds is in docs/evaluation: the expressions are fast and miss most.
"""

from __future__ import annotations

import random
from functools import partial

from benchmarks.pairs import Row, compare
from redaction.model import Channel, Role, Transcript, Word
from workers.evaluation.expressions import find_all
from workers.evaluation.peers import presidio_engine

TALK = (
    "joo hei mä soitan siitä sähkölaskusta kun se oli viime kuussa paljon isompi kuin ennen ja mä en ymmärrä mistä se "
    "johtuu voisitteko te katsoa onko siinä jokin virhe ja milloin mittari on luettu viimeksi kiitos paljon"
)
SAID = (
    "henkilötunnus on yks kolme yks nolla viis kaks viiva yheksän kolme nolla vee",
    "puhelinnumero on nolla neljäkymmentä yks kaks kolme neljä viis kuus seittemän",
    "tilinumero on äf ii kaks yks yks kaks kolme neljä viis kuus nolla nolla nolla nolla nolla seittemän kaheksan viis",
)


def a_transcript(words: int) -> Transcript:
    """Ordinary talk with about eleven numbers per 1,000 words."""
    talk = TALK.split()
    chosen = random.Random(1)  # noqa: S311 - the same talk at every run
    texts: list[str] = []
    while len(texts) < words:
        texts += chosen.choice(SAID).split() if chosen.random() < 0.013 else [chosen.choice(talk)]
    return Transcript(
        language="fi",
        channels=(Channel(role=Role.AGENT), Channel(role=Role.CUSTOMER)),
        words=tuple(
            Word(text=text, start=n * 0.4, end=n * 0.4 + 0.35, channel=(n // 40) % 2)
            for n, text in enumerate(texts[:words])
        ),
        duration=words * 0.4,
    )


def _expressions(text: str) -> int:
    return sum(1 for _ in find_all(text))


def rows(*, full: bool = False) -> list[Row]:
    """Compare on the same words; the others get them as one text."""
    peer = presidio_engine()
    # only now: presidio's loader looks its classes up by name among all that are imported, ours too
    from redaction.recognizers.registry import build_detector  # noqa: PLC0415

    detector = build_detector()
    found = []
    for words in (1000, 5000, 30_000) if full else (1000, 5000):
        transcript = a_transcript(words)
        text = " ".join(word.text for word in transcript.words)
        ours = partial(detector.detect, transcript)
        pairs = 7 if words < 30_000 else 2
        name, theirs = "presidio, default fi registry", partial(peer.analyze, text, language="fi")
        found.append(compare(f"detect in {words:,} words", ours, name, theirs, pairs=pairs))
        if words == 1000:
            found.append(
                compare(f"detect in {words:,} words", ours, "regular expressions", partial(_expressions, text))
            )
    return found
