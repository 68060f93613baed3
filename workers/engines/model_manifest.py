"""What a fetched model is: where it came from and what every file of it has to be, beside the model (`vaiti-model/1`).

Sizes are compared whenever a model is found, which costs nothing; digests when somebody asks, which reads gigabytes.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from recordings.errors import VaitiError

MANIFEST = "vaiti-model.json"
FORMAT = "vaiti-model/1"
PINNED, STATED = "pinned", "stated-by-hub"
# Where the digests come from: this release of Vaiti holds them, or the hub stated them for this commit.


class ModelDamaged(VaitiError):
    """A file of the speech model is not what it has to be."""

    slug = "model-damaged"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model; `made_here` is true of one that the repository lacks and Vaiti wrote."""

    name: str
    size: int
    sha256: str
    made_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A model's origin and its files."""

    repository: str
    revision: str
    licence: str
    checksums: str
    files: tuple[ModelFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(each.size for each in self.files)

    def write(self, folder: Path) -> None:
        """Write it into the model's folder, durably."""
        text = json.dumps({"format": FORMAT, **asdict(self)}, indent=1, sort_keys=False)
        with (folder / MANIFEST).open("w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())

    def wrong_sizes(self, folder: Path) -> tuple[str, ...]:
        """Name the files that are missing or of another size."""
        return tuple(each.name for each in self.files if _size(folder / each.name) != each.size)

    def wrong_digests(self, folder: Path) -> tuple[str, ...]:
        """Read every file and name those that are not what was fetched."""
        wrong = self.wrong_sizes(folder)
        return wrong or tuple(each.name for each in self.files if sha256_of(folder / each.name) != each.sha256)


def read_manifest(folder: Path) -> Manifest | None:
    """Read a folder's manifest; None where there is none. Raises ModelDamaged for one that cannot be read."""
    path = folder / MANIFEST
    if not path.exists():
        return None
    try:
        return _parse(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        raise ModelDamaged(f"The speech model's {MANIFEST} cannot be read: fetch the model again.") from None


def _parse(document: Any) -> Manifest:
    """Build a manifest from what was read; ValueError, TypeError or KeyError for what is none."""
    files = tuple(ModelFile(f["name"], int(f["size"]), f["sha256"], bool(f["made_here"])) for f in document["files"])
    # a name may not lead out of the model's folder
    if document["format"] != FORMAT or not files or any(Path(each.name).name != each.name for each in files):
        raise ValueError
    texts = {name: str(document[name]) for name in ("repository", "revision", "licence", "checksums")}
    return Manifest(files=files, **texts)


def sha256_of(path: Path) -> str:
    """Return a file's digest in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def git_blob_of(path: Path) -> str:
    """Return the name that git gives a file of this content; the hub states it for small files."""
    digest = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    digest.update(path.read_bytes())
    return digest.hexdigest()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
