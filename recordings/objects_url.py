"""`VAITI_OBJECTS_URL`: where objects are kept. Keys never stand in it: an address is logged, shown and copied."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

SCHEMES: Final = ("s3", "s3+http")
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_ENDPOINT: Final = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class BucketAddress:
    """A bucket of an S3 server. `endpoint` is host or host:port; without `tls` it is this machine."""

    endpoint: str
    name: str
    tls: bool


def read_bucket_address(url: str) -> BucketAddress:
    """Read `s3://host[:port]/bucket`, or `s3+http://` on this machine. Raises ValueError, which repeats nothing."""
    try:
        parts = urlsplit(url)
        endpoint, name, host = parts.netloc, parts.path.strip("/"), parts.hostname or ""
    except ValueError:
        raise ValueError("VAITI_OBJECTS_URL cannot be read.") from None
    if parts.scheme not in SCHEMES:
        raise ValueError("VAITI_OBJECTS_URL: leave it out, or use s3://host/bucket.")
    if "@" in endpoint:
        raise ValueError(
            "VAITI_OBJECTS_URL: no keys in an address: use VAITI_OBJECTS_ACCESS_KEY and VAITI_OBJECTS_SECRET_KEY_FILE."
        )
    if not _ENDPOINT.fullmatch(endpoint) or not _BUCKET.fullmatch(name) or parts.query or parts.fragment:
        raise ValueError("VAITI_OBJECTS_URL is s3://host/bucket or s3://host:port/bucket, and nothing more.")
    tls = parts.scheme == "s3"
    if not tls and not is_loopback(host):
        raise ValueError("VAITI_OBJECTS_URL: s3+http is for this machine only; anywhere else use s3, which is TLS.")
    return BucketAddress(endpoint, name, tls)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
