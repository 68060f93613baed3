"""Objects in a local folder: the embedded form's store. Every file is sealed before it gets here.

An object is written beside its final name, synced, then linked into place without replacing anything, and the folder
is synced: after a crash it is whole or it is not there. What a crash leaves behind (`.tmp-...`) lies in the
recording's own folder, so that an inventory shows it and a purge takes it along.
"""

from __future__ import annotations

import errno
import io
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, cast

from storage.errors import Conflict, LostClaim, NotFound, Unavailable
from storage.object_names import UNFINISHED, check_name, check_prefix
from storage.records import StoredObject

_TRIES: Final = 5
# A purge may remove the emptied folder between our mkdir and our open; each try makes it again.


class FolderObjects:
    """An ObjectStore on a folder of this machine. Folders are 0700, files 0600; the root must be one file system."""

    def __init__(self, path: Path) -> None:
        """`path` is made when it is missing. Raises Unavailable."""
        self._root = path
        with _answering():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def write(self, name: str) -> Iterator[BinaryIO]:
        """Open a new object for writing (see ObjectStore).

        Raises Conflict, Unavailable, and LostClaim when the folder was destroyed meanwhile.
        """
        target = self._path(name)
        unfinished = target.parent / f"{UNFINISHED}{secrets.token_hex(8)}"
        out = self._create(unfinished)
        try:
            with out:
                yield cast("BinaryIO", out)
                with _answering():
                    os.fsync(out.fileno())
            _link(unfinished, target)
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
        with _answering():
            _sync_folder(target.parent)

    def open(self, name: str) -> BinaryIO:
        """Open for reading, seekable. Raises NotFound, Unavailable."""
        path = self._path(name)
        with _answering():
            try:
                return path.open("rb")
            except FileNotFoundError:
                raise NotFound from None

    def inventory(self, prefix: str) -> Sequence[StoredObject]:
        """List everything under a prefix, unfinished files too, in order of name."""
        found = []
        for path in self._under(prefix):
            with suppress(FileNotFoundError):  # removed while we looked: then it is not there
                name = path.relative_to(self._root).as_posix()
                found.append(StoredObject(name=name, version=None, size=path.stat().st_size))
        return found

    def destroy(self, prefix: str) -> int:
        """Remove everything under a prefix and the folders that it empties; returns how many files were removed."""
        check_prefix(prefix)
        removed = 0
        folders: set[Path] = set()
        with _answering():
            for path in self._under(prefix):
                with suppress(FileNotFoundError):
                    path.unlink()
                    removed += 1
                folders.add(path.parent)
            if prefix.endswith("/"):  # a folder that was emptied before goes as well
                folders.add(self._path(prefix.rstrip("/")))
            for folder in folders:
                self._prune(folder)
        return removed

    def _path(self, name: str) -> Path:
        return self._root / check_name(name)

    def _create(self, path: Path) -> _DurableFile:
        with _answering():
            for _ in range(_TRIES):
                self._make_folder(path.parent)
                with suppress(FileNotFoundError):
                    return _DurableFile(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
        raise Unavailable

    def _make_folder(self, folder: Path) -> None:
        if folder == self._root or folder.is_dir():
            return
        self._make_folder(folder.parent)
        with suppress(FileNotFoundError):
            folder.mkdir(mode=0o700, exist_ok=True)
            _sync_folder(folder.parent)

    def _under(self, prefix: str) -> Sequence[Path]:
        parent, _, beginning = prefix.rpartition("/")
        folder = self._path(parent) if parent else self._root
        with _answering():
            found = [p for p in _walk(folder) if p.relative_to(folder).as_posix().startswith(beginning)]
            return sorted(found)

    def _prune(self, folder: Path) -> None:
        while folder != self._root:
            try:
                folder.rmdir()
            except FileNotFoundError:
                pass
            except OSError as fault:
                if fault.errno != errno.ENOTEMPTY:
                    raise
                _sync_folder(folder)
                return
            folder = folder.parent
        with suppress(FileNotFoundError):
            _sync_folder(folder)


class _DurableFile(io.FileIO):
    """A file whose writes are whole, and whose faults are storage's and not the caller's."""

    def write(self, data: object, /) -> int:
        """Write all of it. Raises Unavailable."""
        left = memoryview(data).cast("B")  # type: ignore[arg-type]  # any buffer, as io takes it
        size = len(left)
        with _answering():
            while left:
                left = left[super().write(left) :]
        return size


@contextmanager
def _answering() -> Iterator[None]:
    """Turn a fault of the file system into Unavailable; its text holds a path and is dropped."""
    try:
        yield
    except OSError as fault:
        raise Unavailable(f"the folder does not answer ({errno.errorcode.get(fault.errno or 0, 'unknown')})") from None


def _link(unfinished: Path, target: Path) -> None:
    with _answering():
        try:
            # rename would replace in silence; a link never does
            os.link(unfinished, target, follow_symlinks=False)
        except FileExistsError:
            raise Conflict from None
        except FileNotFoundError:
            raise LostClaim from None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _walk(folder: Path) -> Iterator[Path]:
    for parent, _, files in os.walk(folder):
        yield from (Path(parent) / file for file in files)
