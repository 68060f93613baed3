"""Find as the service does, or with regular expressions. Arguments: vaiti or expressions, a file of turns, a line each.

Says which words were touched. Two speakers take turns.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from pathlib import Path

from loop import serve

from redaction.model import Channel, Role, Transcript, Word
from redaction.recognizers.registry import build_detector
from workers.evaluation.expressions import find_all

way, turns = sys.argv[1], [line.split() for line in Path(sys.argv[2]).read_text().splitlines()]
words, speakers = [word for turn in turns for word in turn], [n % 2 for n, turn in enumerate(turns) for _ in turn]
text, starts = " ".join(words), [0]
for word in words:
    starts.append(starts[-1] + len(word) + 1)
transcript = Transcript(
    language="fi",
    channels=(Channel(role=Role.AGENT), Channel(role=Role.CUSTOMER)),
    words=tuple(
        Word(text=word, start=n * 0.4, end=n * 0.4 + 0.35, channel=speaker)
        for n, (word, speaker) in enumerate(zip(words, speakers, strict=True))
    ),
    duration=len(words) * 0.4,
)
detector = build_detector() if way == "vaiti" else None


def find() -> list[int]:
    """Return the indexes of the words that a finding touches."""
    touched: set[int] = set()
    if detector:
        for found in detector.detect(transcript):
            touched.update(range(found.first, found.last + 1))
    else:
        for _, start, end in find_all(text):
            touched.update(range(bisect_right(starts, start) - 1, bisect_right(starts, end - 1)))
    return sorted(touched)


serve(find)
