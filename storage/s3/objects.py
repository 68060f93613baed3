"""Objects in a bucket: the ObjectStore for many machines. Every object is sealed before it gets here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from itertools import groupby
from typing import BinaryIO, Final

from minio.datatypes import Object, Upload

from storage.errors import LostClaim, Unavailable
from storage.object_names import check_name, check_prefix
from storage.probe import Probed
from storage.records import StoredObject
from storage.s3.bucket import Bucket
from storage.s3.client import Client
from storage.s3.probe import probe_server
from storage.s3.reading import open_object
from storage.s3.writing import has_versions, writing

_ROUNDS: Final = 5


class S3Objects:
    """An ObjectStore on a bucket, with versions or without."""

    def __init__(self, bucket: Bucket) -> None:
        """Nothing is asked of the server yet."""
        self._client = Client(bucket)

    def write(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Open a new object for writing (see ObjectStore).

        Raises Conflict, Unavailable, and LostClaim when a large object's prefix was destroyed meanwhile.
        """
        return writing(self._client, check_name(name))

    def open(self, name: str) -> BinaryIO:
        """Open for reading, seekable. Raises NotFound, Unavailable."""
        return open_object(self._client, check_name(name))

    def inventory(self, prefix: str) -> Sequence[StoredObject]:
        """List everything under a prefix in order of name: versions, delete markers (size 0), unfinished uploads (0).

        A large object shows twice: what is at its name, and its content beside it. Raises Unavailable.
        """
        found = [*_versions(self._client.versions(prefix)), *_uploads(self._client.uploads(prefix))]
        return sorted(found, key=_place)

    def names(self, prefix: str) -> Sequence[str]:
        """List the names of the objects under a prefix, in their order. Raises Unavailable."""
        return sorted({each.object_name or "" for each in self._client.versions(prefix) if not each.is_delete_marker})

    def inventories(self) -> Iterator[Sequence[StoredObject]]:
        """List everything, what begins alike (`ab/`) at a time (see ObjectStore). Raises Unavailable."""
        uploads = sorted(_uploads(self._client.uploads("")), key=_beginning)
        begun = {beginning: list(each) for beginning, each in groupby(uploads, key=_beginning)}
        top = self._client.beginnings()
        folders = {each.object_name or "" for each in top if each.is_dir} | begun.keys() - {""}
        yield sorted([*_versions(each for each in top if not each.is_dir), *begun.get("", [])], key=_place)
        for folder in sorted(folders):
            yield sorted([*_versions(self._client.versions(folder)), *begun.get(folder, [])], key=_place)

    def destroy(self, prefix: str) -> int:
        """Remove everything under a prefix, all versions; returns how many versions, markers and uploads they were.

        Raises Unavailable when something stays.
        """
        check_prefix(prefix)
        removed = 0
        for _ in range(_ROUNDS):
            # Uploads before objects (see `writing`), and again until nothing is there: what a writer finished
            # between the two is found by the next round.
            now = self._end_uploads(prefix) + self._remove_versions(prefix)
            if not now:
                return removed
            removed += now
        raise Unavailable("something is written there again and again while it is destroyed")

    def check(self) -> None:
        """Raise Unavailable when the bucket does not answer."""
        self._client.versioning()

    def probe_server(self) -> Probed:
        """Find out what this server lacks that the port does not show. Raises Unavailable."""
        return probe_server(self._client)

    def _end_uploads(self, prefix: str) -> int:
        uploads = self._client.uploads(prefix)
        for each in uploads:
            with suppress(LostClaim):  # its writer ended it while we looked
                self._client.abandon(each.object_name, each.upload_id or "")
        return len(uploads)

    def _remove_versions(self, prefix: str) -> int:
        versions = [(each.object_name or "", each.version_id) for each in self._client.versions(prefix)]
        self._client.remove(versions)
        return len(versions)


def _versions(listed: Iterable[Object]) -> Iterator[StoredObject]:
    for each in listed:
        version = each.version_id if has_versions(each.version_id) else None
        yield StoredObject(name=each.object_name or "", version=version, size=each.size or 0)


def _uploads(listed: Iterable[Upload]) -> Iterator[StoredObject]:
    return (StoredObject(name=each.object_name, version=None, size=0) for each in listed)


def _place(stored: StoredObject) -> tuple[str, str]:
    return stored.name, stored.version or ""


def _beginning(stored: StoredObject) -> str:
    before, slash, _ = stored.name.partition("/")
    return before + slash if slash else ""
