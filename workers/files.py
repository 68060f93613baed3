"""Files that are whole or not there."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from recordings.errors import VaitiError


class CannotWrite(VaitiError):
    """A file cannot be written there."""

    slug = "cannot-write"


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file that appears when it is complete and never in parts; only its owner may read it.

    Raises CannotWrite for a folder that cannot be written.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".vaiti-", suffix=".part")
    except OSError as fault:
        raise CannotWrite(f"{path} cannot be written: {fault.strerror}.") from None
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def write_lines(documents: Iterable[Mapping[str, Any]], path: Path) -> None:
    """Write documents as JSON lines."""
    with whole_file(path) as file:
        for document in documents:
            file.write(json.dumps(document, ensure_ascii=False).encode() + b"\n")
