"""A candidate: some words that may be personal data, before overlaps are settled (merge.py). Holds no value."""

from __future__ import annotations

from dataclasses import dataclass

from redaction.model import Checksum

CERTAIN, CHECKED, STRONG, LIKELY, POSSIBLE, WEAK = 1.0, 0.9, 0.85, 0.7, 0.5, 0.3
# Six steps are all the difference that the rules can justify; policies set thresholds between them.


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Words `first` to `last` of `channel`. `group` ties pieces of one datum (an echo to what it echoes), or None."""

    type: str
    channel: int
    first: int
    last: int
    score: float
    checksum: Checksum = Checksum.NONE
    why: tuple[str, ...] = ()
    group: int | None = None
