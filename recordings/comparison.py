"""What all stores hold, side by side, and what each stage of a recording must have. Pure.

A sweep compares a 256th of the stores at a time and keeps of it what is noteworthy only: how much it remembers grows
with what is wrong or waits, not with what is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from recordings.pipeline import WORKING
from storage.generations import Floors
from storage.records import Item, RecordingId, Stage
from storage.survey import Survey

_ITEMS: Final = frozenset(Item)
_PUSHED: Final = frozenset({Item.RAW_AUDIO, Item.RAW_FACTS})
_HEARD: Final = _PUSHED | {Item.RAW_WORDS}
_PLANNED: Final = _HEARD | {Item.PLAN}
_MASKED: Final = _PLANNED | {Item.MASKED_AUDIO, Item.MASKED_WORDS}
_EXPECTED: Final[Mapping[Stage, frozenset[Item]]] = {
    Stage.TRANSCRIBED: _HEARD,
    Stage.PLANNED: _PLANNED,
    Stage.MASKED: _MASKED,
    Stage.PUBLISHED: _MASKED,
    Stage.PURGING: frozenset(),
}


def expected_items(stage: Stage) -> frozenset[str]:
    """Return what a recording of this stage has at least, by name; what it fails or waits with may be more."""
    return frozenset(_EXPECTED.get(stage, _PUSHED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Keys, objects and rows of all recordings, or of those that are noteworthy."""

    floors: Mapping[RecordingId, Floors]  # of every recording that has a key
    survey: Survey
    stages: Mapping[RecordingId, Stage]
    orphans: AbstractSet[RecordingId]  # a key or objects, and no row
    purged: AbstractSet[RecordingId]  # those of the orphans that have a tombstone
    rows: int  # how many recordings were compared, noteworthy or not

    @property
    def keys(self) -> AbstractSet[RecordingId]:
        """Every recording that has a key."""
        return self.floors.keys()

    def items(self, recording: RecordingId) -> AbstractSet[str]:
        """Return what a recording has whole."""
        return self.survey.items.get(recording, {}).keys()

    def beside_floors(self, *, newer: bool) -> Iterator[tuple[RecordingId, Item]]:
        """Every item of a recording that is newer than its floor, or else older."""
        for recording in self.stages.keys() & self.keys & self.survey.items.keys():
            floors = self.floors[recording]
            for item, generation in self.survey.items[recording].items():
                floor = str(floors[Item(item)]) if item in _ITEMS else generation
                if generation > floor if newer else generation < floor:
                    yield recording, Item(item)

    def noteworthy(self) -> Picture:
        """Leave out the recordings on which all stores agree and that wait for nothing."""
        kept = self.orphans | {each for each, stage in self.stages.items() if not self._agrees(each, stage)}
        return replace(
            self,
            floors={each: self.floors[each] for each in kept & self.floors.keys()},
            survey=replace(self.survey, items={each: self.survey.items.get(each, {}) for each in kept}),
            stages={each: self.stages[each] for each in kept & self.stages.keys()},
        )

    def _agrees(self, recording: RecordingId, stage: Stage) -> bool:
        waits = stage in WORKING or stage is Stage.PURGING
        there, floors = self.survey.items.get(recording, {}), self.floors.get(recording)
        if waits or floors is None or not expected_items(stage) <= there.keys():
            return False
        return all(str(floors[Item(each)]) == generation for each, generation in there.items() if each in _ITEMS)

    @property
    def unfinished(self) -> Sequence[str]:
        """Names of what a write has not ended, but for orphans': they go as a whole."""
        return [name for name in self.survey.unfinished if name.split("/")[1] not in self.orphans]

    def passing(self) -> frozenset[str]:
        """Name what is all right for a while and not for a day."""
        return frozenset(
            [
                *(f"orphan/{each}" for each in self.orphans - self.purged),
                *(f"unfinished/{name}" for name in self.unfinished),
                *(f"waiting/{stage}/{each}" for each, stage in self.stages.items() if stage in WORKING),
                *(f"purging/{each}" for each, stage in self.stages.items() if stage is Stage.PURGING),
            ]
        )


def joined(parts: Iterable[Picture]) -> Picture:
    """Put parts together that have no recording in common."""
    floors: dict[RecordingId, Floors] = {}
    items: dict[RecordingId, Mapping[str, str]] = {}
    stages: dict[RecordingId, Stage] = {}
    orphans, purged, unfinished = set[RecordingId](), set[RecordingId](), list[str]()
    foreign = rows = 0
    for part in parts:
        floors |= part.floors
        items |= part.survey.items
        stages |= part.stages
        orphans |= part.orphans
        purged |= part.purged
        unfinished += part.survey.unfinished
        foreign += part.survey.foreign
        rows += part.rows
    whole = Survey(items=items, unfinished=unfinished, foreign=foreign)
    return Picture(floors=floors, survey=whole, stages=stages, orphans=orphans, purged=purged, rows=rows)
