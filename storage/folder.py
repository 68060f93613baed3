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
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, cast

from storage.durable import sync
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
            sync(target.parent)

    def check(self) -> None:
        """Raise Unavailable when the folder is not there or not ours to write in."""
        if not os.access(self._root, os.R_OK | os.W_OK | os.X_OK):
            raise Unavailable

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
        with _answering():
            return self._listed(self._under(prefix))

    def names(self, prefix: str) -> Sequence[str]:
        """List the names of the objects under a prefix, in their order."""
        root = len(str(self._root)) + 1
        with _answering():
            found = sorted(each.path[root:] for each in self._under(prefix))
        return [name for name in found if UNFINISHED not in name]

    def inventories(self) -> Iterator[Sequence[StoredObject]]:
        """List everything, what begins alike (`ab/`) at a time (see ObjectStore)."""
        with _answering():
            beginnings = sorted(_entries(str(self._root)), key=lambda each: each.name)
        folders = [each for each in beginnings if _is_folder(each)]
        with _answering():
            yield self._listed(each for each in beginnings if not _is_folder(each))
        for folder in folders:
            with _answering():
                listed = self._listed(_walk(folder.path))
            yield listed

    def destroy(self, prefix: str) -> int:
        """Remove everything under a prefix and the folders that it empties; returns how many files were removed."""
        check_prefix(prefix)
        removed = 0
        folders: set[Path] = set()
        with _answering():
            for path in [Path(each.path) for each in self._under(prefix)]:
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
            sync(folder.parent)

    def _under(self, prefix: str) -> Iterator[os.DirEntry[str]]:
        parent, _, beginning = prefix.rpartition("/")
        folder = str(self._path(parent) if parent else self._root)
        return (each for each in _walk(folder) if each.path.startswith(beginning, len(folder) + 1))

    def _listed(self, entries: Iterable[os.DirEntry[str]]) -> Sequence[StoredObject]:
        found = []
        root = len(str(self._root)) + 1
        for entry in entries:
            with suppress(FileNotFoundError):  # removed while we looked: then it is not there
                size = entry.stat(follow_symlinks=False).st_size
                found.append(StoredObject(name=entry.path[root:], version=None, size=size))
        return sorted(found, key=lambda each: each.name)

    def _prune(self, folder: Path) -> None:
        while folder != self._root:
            try:
                folder.rmdir()
            except FileNotFoundError:
                pass
            except OSError as fault:
                if fault.errno != errno.ENOTEMPTY:
                    raise
                sync(folder)
                return
            folder = folder.parent
        with suppress(FileNotFoundError):
            sync(folder)


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


def _walk(folder: str) -> Iterator[os.DirEntry[str]]:
    """Yield what is no folder, in no order. A sweep walks all, and `Path` takes ten times as long."""
    for entry in _entries(folder):
        if _is_folder(entry):
            yield from _walk(entry.path)
        else:
            yield entry


def _entries(folder: str) -> Sequence[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except (FileNotFoundError, NotADirectoryError):  # removed while we looked
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)
