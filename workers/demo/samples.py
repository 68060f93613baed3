"""The sample calls that are shipped, with what their makers know of them. Synthetic people only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from recordings.errors import SettingsWrong

FORMAT = "vaiti-sample/1"
_ZONE = ZoneInfo("Europe/Helsinki")


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """A stretch of sound that the makers know to be personal; seconds."""

    type: str
    channel: int
    first: int
    last: int
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One sample call: the sound, the facts that a telephony platform would push, and the truth."""

    name: str
    audio: Path
    document: Mapping[str, Any]
    personal: tuple[Personal, ...]

    @property
    def title(self) -> str:
        """What the call is about."""
        return str(self.document["title"])

    @property
    def words(self) -> Sequence[Mapping[str, Any]]:
        """The true words with their times."""
        return list(self.document["words"])

    def facts(self, *, controller: str, now: datetime) -> dict[str, Any]:
        """Return the facts to push; the call was so many days before `now`, on the clock of Helsinki."""
        day = now.astimezone(_ZONE).date() - timedelta(days=int(self.document["days_ago"]))
        started = datetime.combine(day, time.fromisoformat(self.document["time_of_day"]), tzinfo=_ZONE)
        given = {name: self.document[name] for name in ("kind", "call_id", "direction", "queue", "agent", "customer")}
        return {
            "controller": controller,
            **given,
            "started_at": started.isoformat(),
            "channels": ["agent", "customer"],
            "language": "fi",
            "source": "vaiti-demo",
            "known": self.document.get("known", {}),
        }


def load_samples() -> tuple[Sample, ...]:
    """Load the shipped samples, shortest call first. Raises SettingsWrong when there are none."""
    folder = Path(str(resources.files("workers"))) / "samples"
    documents = sorted(folder.glob("*.json")) if folder.is_dir() else []
    samples = [_load(path) for path in documents]
    if not samples:
        raise SettingsWrong("The sample calls are not in this installation: make them with `make sample-calls`.")
    return tuple(sorted(samples, key=lambda sample: (float(sample.document["duration"]), sample.name)))


def _load(path: Path) -> Sample:
    document = json.loads(path.read_text(encoding="utf-8"))
    if document.get("format") != FORMAT:
        raise SettingsWrong(f"The sample {path.name} is of another format.")
    names = ("type", "channel", "first", "last", "start", "end")
    return Sample(
        name=path.stem,
        audio=path.with_name(document["audio"]),
        document=document,
        personal=tuple(Personal(**{name: each[name] for name in names}) for each in document["personal"]),
    )
