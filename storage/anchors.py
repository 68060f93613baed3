"""Anchors on disk: one signed file a day in a folder of the operator's choice, written once and never again."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from storage import receipts
from storage.errors import Tampered, Unavailable

READ_ONLY = 0o444


@dataclass(frozen=True, slots=True)
class AnchorFolder:
    """A folder outside the data folder, best on a medium that the service can add to and not change."""

    path: Path

    def has(self, day: date) -> bool:
        """Tell whether there is an anchor of this day."""
        return self._file(day).exists()

    def add(self, day: date, anchor: Mapping[str, Any]) -> None:
        """Keep the anchor of a day; one that is there stays. Raises Unavailable."""
        part = self.path / f".{day.isoformat()}.part"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, READ_ONLY), "wb") as file:
                file.write(json.dumps(anchor, sort_keys=True).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            os.link(part, self._file(day))  # whole, and never over another
            part.unlink()
        except FileExistsError:
            part.unlink(missing_ok=True)
        except OSError as fault:
            raise Unavailable("the anchor could not be written (VAITI_ANCHORS)") from fault

    def list(self) -> Sequence[Mapping[str, Any]]:
        """Return all anchors, oldest first. Raises Tampered for a file that is none, Unavailable."""
        try:
            found = [file.read_text(encoding="utf-8") for file in sorted(self.path.glob("*.json"))]
        except OSError as fault:
            raise Unavailable("the anchors cannot be read (VAITI_ANCHORS)") from fault
        except UnicodeDecodeError:
            raise Tampered("a file among the anchors is none") from None
        try:
            return [anchor for text in found for anchor in receipts.parse(text)]
        except ValueError:
            raise Tampered("a file among the anchors is none") from None

    def _file(self, day: date) -> Path:
        return self.path / f"{day.isoformat()}.json"
