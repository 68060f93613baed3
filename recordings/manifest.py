"""The manifest: a recording's row as it was pushed, sealed beside its objects with its own key.

It is the last object that a push writes. A catalog that is restored from a backup takes up from it what was pushed
since (`recordings.adoption`). Hashes and slugs only, as in the row; it dies with the recording's key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter, ValidationError

from recordings.documents import Door
from storage.errors import Tampered
from storage.records import Item, Recording, RecordingId, Reference, Tag


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `Catalog.add` takes."""

    recording: Recording
    references: tuple[Reference, ...]
    idempotency: Tag | None


_FORM: Final = TypeAdapter(Manifest)


def write_manifest(store: Door, manifest: Manifest, *, first: bool = False) -> None:
    """Seal it; `first` for a recording that has none. Raises KeyGone, Unavailable."""
    recording = manifest.recording
    with store.write(recording.id, Item.MANIFEST, token=recording.token, first=first) as out:
        out.write(_FORM.dump_json(manifest))


def read_manifest(store: Door, recording: RecordingId) -> Manifest:
    """Open it. Raises NotFound, KeyGone, Tampered."""
    with store.open(recording, Item.MANIFEST) as sealed:
        try:
            found = _FORM.validate_json(sealed.read())
        except ValidationError:
            raise Tampered from None  # the cause shows values
    if found.recording.id != recording:
        raise Tampered
    return found
