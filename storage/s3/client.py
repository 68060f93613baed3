"""One bucket through the `minio` client: the requests that Vaiti makes, each with its time limit.

The client's public calls can neither put on a condition nor begin, fill and end one upload by hand; its protected
ones can, which is why this is a subclass and why `minio` is held below its next minor version (ADR 0018).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import certifi
import urllib3
from minio import Minio
from minio.datatypes import Object, Part, Upload
from minio.deleteobjects import DeleteObject
from minio.error import S3Error
from minio.helpers import ObjectWriteResult
from urllib3 import connectionpool

from storage.errors import StoreRefused, Unavailable
from storage.s3.answers import answering
from storage.s3.bucket import Bucket

CONNECT_SECONDS: Final = 2.0
READ_SECONDS: Final = 20.0
# A full store hangs instead of failing (measured), and the client's own limit is 5 minutes.
RETRIES: Final = 2
AT_ONCE: Final = 100
# Names in one request to delete; 1,000 are allowed and take a busy store longer than our time limit.
NO_VERSION: Final = "null"
# What a server calls the version of what was written without versioning.
META: Final = "x-amz-meta-vaiti-"
_RANGE: Final = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some bytes of an object; `size` is the whole object's, in bytes."""

    content: bytes
    size: int
    meta: Mapping[str, str]


class Client(Minio):
    """One bucket. Every call raises Unavailable (StoreRefused where waiting does not help) beside what it names."""

    def __init__(self, bucket: Bucket) -> None:
        """Nothing is asked of the server yet."""
        connectionpool.log.setLevel("ERROR")  # its warnings about retries hold addresses and names
        self._name = bucket.name
        super().__init__(
            bucket.endpoint,
            access_key=bucket.access_key,
            secret_key=bucket.secret_key,
            secure=bucket.tls,
            region=bucket.region,
            http_client=_connections(bucket),
        )

    def put_new(self, key: str, content: bytes, meta: Mapping[str, str]) -> ObjectWriteResult:
        """Store an object of one piece; returns its ETag and version. Raises Conflict when the key is there.

        The server refuses what does not match its checksum: SHA-256 where http is spoken, MD5 within TLS. Where
        versions are kept, some servers take a second one all the same: see `first_version`.
        """
        headers = {"If-None-Match": "*", **{f"{META}{name}": value for name, value in meta.items()}}
        with answering():
            return self._put_object(self._name, key, content, dict(headers))

    def put_with_digest(self, key: str, content: bytes, md5: str) -> None:
        """Store an object under a digest that may be wrong (base64): for the probe. Raises StoreRefused."""
        with answering():
            self._put_object(self._name, key, content, {"Content-MD5": md5})

    def begin(self, key: str) -> str:
        """Begin an upload and return its id."""
        with answering():
            return self._create_multipart_upload(self._name, key, {})

    def send(self, key: str, upload: str, number: int, content: bytes) -> Part:
        """Send one part. Raises LostClaim when the upload was ended."""
        with answering():
            return Part(number, self._upload_part(self._name, key, content, None, upload, number))

    def complete(self, key: str, upload: str, parts: Sequence[Part]) -> None:
        """Make an object of an upload's parts. Raises LostClaim when the upload was ended."""
        with answering():
            self._complete_multipart_upload(self._name, key, upload, list(parts))

    def abandon(self, key: str, upload: str) -> None:
        """End an upload and drop its parts. Raises LostClaim when somebody else has ended it."""
        with answering():
            self._abort_multipart_upload(self._name, key, upload)

    def get(self, key: str, start: int, length: int, version: str | None = None) -> Piece:
        """Read up to `length` bytes from `start`, whole or not at all. Raises NotFound."""
        headers = {"Range": f"bytes={start}-{start + length - 1}"}
        with answering():
            try:
                # read by the call itself, so that a connection that breaks half way is tried again as well
                response = self._execute(
                    "GET",
                    self._name,
                    key,
                    headers=dict(headers),
                    query_params={"versionId": version} if version else None,
                )
            except S3Error as fault:
                if fault.code == "InvalidRange" and start == 0:  # an empty object has no first byte
                    return Piece(content=b"", size=0, meta={})
                raise
        content, answered = response.data, response.headers
        meta = {name.lower(): value for name, value in answered.items()}
        return Piece(content=content, size=_size(meta, start, length, len(content)), meta=meta)

    def facts(self, key: str, version: str | None = None) -> Object:
        """Return an object's size, version and metadata. Raises NotFound."""
        with answering():
            return self.stat_object(self._name, key, version_id=version)

    def versions(self, prefix: str) -> Sequence[Object]:
        """List every version and delete marker under a prefix."""
        with answering():
            return list(self.list_objects(self._name, prefix, recursive=True, include_version=True))

    def beginnings(self) -> Sequence[Object]:
        """List what all names begin with up to their first slash (`is_dir`), and the versions of those without one."""
        with answering():
            return list(self.list_objects(self._name, recursive=False, include_version=True))

    def first_version(self, key: str) -> str | None:
        """Return the oldest version of an object, None when there is none.

        Where versions are kept, this one is the object: servers list them in one order, newest first, and Ceph 16
        takes a second one whatever the condition says.
        """
        versions = [
            each.version_id for each in self.versions(key) if each.object_name == key and not each.is_delete_marker
        ]
        return versions[-1] if versions else None

    def uploads(self, prefix: str, page: int = 1000) -> Sequence[Upload]:
        """List every unfinished upload under a prefix."""
        return list(self._uploads(prefix, page))

    def _uploads(self, prefix: str, page: int) -> Iterator[Upload]:
        key, upload = "", ""
        while True:
            with answering():
                found = self._list_multipart_uploads(
                    self._name, prefix=prefix, max_uploads=page, key_marker=key, upload_id_marker=upload
                )
            yield from found.uploads
            if not found.is_truncated:
                return
            key, upload = found.next_key_marker or "", found.next_upload_id_marker or ""

    def remove(self, versions: Iterable[tuple[str, str | None]]) -> None:
        """Remove these (key, version) for good. Raises StoreRefused when one of them stays."""
        wanted = [DeleteObject(key, version) for key, version in versions]
        for start in range(0, len(wanted), AT_ONCE):
            with answering():
                kept = list(self.remove_objects(self._name, wanted[start : start + AT_ONCE]))
            if kept:
                raise StoreRefused("the object store keeps what was to be deleted")

    def versioning(self) -> str:
        """Return `Enabled`, `Suspended` or `Off`."""
        with answering():
            return str(self.get_bucket_versioning(self._name).status or "Off")

    def locks_by_default(self) -> bool:
        """Tell whether new objects are locked against deletion."""
        try:
            with answering():
                return self.get_object_lock_config(self._name).mode is not None
        except StoreRefused:  # there is no such setting on this bucket, or on this server
            return False


def _connections(bucket: Bucket) -> urllib3.PoolManager:
    return urllib3.PoolManager(
        maxsize=32,
        timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        retries=urllib3.Retry(
            total=RETRIES,
            backoff_factor=0.3,
            status_forcelist=[500, 502, 503, 504],
            allowed_methods=["GET", "HEAD", "PUT", "DELETE"],  # a POST is not the same when it is made twice
            redirect=False,  # signed requests go to the server that was named, and nowhere else
            respect_retry_after_header=False,  # the server does not say how long we sleep
        ),
        cert_reqs="CERT_REQUIRED",
        ca_certs=str(bucket.ca_file or certifi.where()),
    )


def _size(meta: Mapping[str, str], start: int, length: int, got: int) -> int:
    """Return the whole object's size. Raises Unavailable when these are not the bytes that were asked for."""
    told = _RANGE.fullmatch(meta.get("content-range", ""))
    if told:
        first, last, size = (int(number) for number in told.groups())
        if first == start and last - first + 1 == got == min(length, size - start):
            return size
    elif start == 0 and got <= length:  # some answer with the whole object when it is smaller than the range
        return got
    raise Unavailable("the object store returns other bytes than were asked for")
