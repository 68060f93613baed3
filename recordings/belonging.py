"""Which of the calls that a person's references lead to are hers without a doubt. Pure.

A call is hers by a reference that names her alone, in a role in which she speaks. One that rests on a household's or a
company's number, or only speaks of her, may be somebody else's: a person says yes or no to each.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from storage.persons import Link, Role
from storage.records import RecordingId


@dataclass(frozen=True, slots=True)
class Belonging:
    """Calls that are hers, and those that somebody has to decide about."""

    hers: frozenset[RecordingId]
    doubtful: frozenset[RecordingId]

    @classmethod
    def of(cls, links: Iterable[Link]) -> Belonging:
        """Sort calls by their links."""
        all_of_them = tuple(links)
        hers = frozenset(each.recording for each in all_of_them if not each.shared and each.role != Role.THIRD_PARTY)
        return cls(hers, frozenset(each.recording for each in all_of_them) - hers)

    def undecided(self, confirmed: Collection[RecordingId], left_out: Collection[RecordingId]) -> set[RecordingId]:
        """Return the doubtful calls that nobody has said yes or no to."""
        return set(self.doubtful) - {*confirmed, *left_out}
