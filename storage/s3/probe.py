"""What a server has to do for us that the ObjectStore port does not show."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator
from typing import Final

from storage.errors import LostClaim, StoreRefused
from storage.probe import PREFIX, Probed
from storage.s3.client import Client

_CONTENT: Final = b"what a probe writes"


def probe_server(client: Client) -> Probed:
    """Look at checksums, uploads, versions and locks, with objects of our own. Raises Unavailable."""
    folder = f"{PREFIX}/{secrets.token_hex(16)}/"
    missing = [*_takes_a_wrong_checksum(client, f"{folder}wrong"), *_forgets_uploads(client, f"{folder}upload")]
    if client.locks_by_default():
        missing.append("it locks new objects against deletion: without a default retention nothing outlives its day")
    return Probed(tuple(missing), (*_etag(client, f"{folder}etag"), _versions(client)))


def _takes_a_wrong_checksum(client: Client, key: str) -> Iterator[str]:
    wrong = base64.b64encode(hashlib.md5(b"something else", usedforsecurity=False).digest()).decode()
    try:
        client.put_with_digest(key, _CONTENT, wrong)
    except StoreRefused:
        return
    _clear(client, key)
    yield "it takes bytes that do not match their checksum: Content-MD5 has to be checked"


def _forgets_uploads(client: Client, key: str) -> Iterator[str]:
    upload = client.begin(key)
    listed = any(each.upload_id == upload for each in client.uploads(key))
    client.abandon(key, upload)
    if not listed:
        yield "it does not list unfinished uploads, so nobody can find and remove them"
    if client.uploads(key):
        yield "it still lists an upload that was ended"
    try:
        client.send(key, upload, 1, _CONTENT)
    except LostClaim:
        return
    yield "it takes parts of an upload that was ended, so a write in flight would outlive a purge"


def _etag(client: Client, key: str) -> Iterator[str]:
    etag = client.put_new(key, _CONTENT, {}).etag
    _clear(client, key)
    if etag != hashlib.md5(_CONTENT, usedforsecurity=False).hexdigest():
        yield "an ETag is not the MD5 of its object (encrypted by the server?); Vaiti does not need it to be"


def _versions(client: Client) -> str:
    return {
        "Enabled": "versions are kept until Vaiti deletes, and it deletes all of them",
        "Suspended": "versioning is suspended; older versions are deleted with their object",
    }.get(client.versioning(), "no versions are kept")


def _clear(client: Client, key: str) -> None:
    client.remove((each.object_name or "", each.version_id) for each in client.versions(key))
