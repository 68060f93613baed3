"""A second folder of the same objects: linked where that can be, else copied. What is sealed is never written again.

So a link costs nothing and is safe: a purge takes the service's name of a file away and its key with it, and what stays
in a backup is noise.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from storage.object_names import UNFINISHED
from storage.sqlite_file import answering

_CANNOT_LINK: Final = frozenset({errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP})


def copy_objects(source: Path, target: Path) -> int:
    """Let `target` have every object that `source` has; returns how many it has from there. Raises Unavailable.

    What is there already is left as it is: an object's name never comes twice.
    """
    found = 0
    with answering():
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in _objects(source):
            found += _copy(path, target / path.relative_to(source))
        os.sync()  # once for all of them, links and folders too
    return found


def _objects(folder: Path) -> Iterator[Path]:
    for parent, _, files in os.walk(folder):
        yield from (Path(parent) / name for name in sorted(files) if not name.startswith(UNFINISHED))


def _copy(source: Path, target: Path) -> bool:
    """Link or copy one; False when it was removed meanwhile: then it was purged, or is there under a newer name."""
    if target.exists():
        return True
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        return False
    except OSError as fault:
        if fault.errno not in _CANNOT_LINK:
            raise
        part = target.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
        shutil.copyfile(source, part)
        part.chmod(0o600)
        part.replace(target)
    return True
