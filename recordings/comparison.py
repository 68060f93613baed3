"""What all stores hold at one moment, side by side, and what each stage of a recording must have. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from recordings.pipeline import WORKING
from storage.records import Item, RecordingId, Stage
from storage.survey import Survey

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
    """Keys, objects and rows."""

    keys: frozenset[RecordingId]
    survey: Survey
    stages: Mapping[RecordingId, Stage]
    orphans: AbstractSet[RecordingId]  # a key or objects, and no row
    purged: frozenset[RecordingId]  # those of the orphans that have a tombstone

    def items(self, recording: RecordingId) -> frozenset[str]:
        """Return what a recording has whole."""
        return self.survey.items.get(recording, frozenset())

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
