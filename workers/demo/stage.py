"""What every part of the demo's story has at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recordings.factory import Vaiti
from recordings.settings import Settings
from storage.records import RecordingId
from workers.client import Client
from workers.demo.coverage import Gap, find_gaps
from workers.demo.samples import Sample
from workers.demo.screen import Screen

PUBLISHED = "published"


@dataclass(slots=True, kw_only=True)
class Stage:
    """The screen, the service, and the calls with what became of them (`ids` and `states` by sample name)."""

    screen: Screen
    folder: Path
    settings: Settings
    vaiti: Vaiti
    client: Client
    samples: Sequence[Sample]
    ids: dict[str, str] = field(default_factory=dict)
    states: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def published(self) -> list[Sample]:
        """The calls that staff may see."""
        return [sample for sample in self.samples if self.states[sample.name]["stage"] == PUBLISHED]

    def gaps(self, sample: Sample) -> tuple[Gap, ...]:
        """Return what is personal in a published call and was not cut."""
        scope = self.vaiti.controllers.scope
        plan = self.vaiti.view.read_plan(scope, RecordingId(self.ids[sample.name]))
        return find_gaps(sample.personal, plan["windows"])
