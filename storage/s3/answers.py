"""The client's errors as our own. Theirs hold names, addresses and request ids; ours hold words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from xml.etree.ElementTree import ParseError

from minio.error import MinioException, S3Error
from urllib3.exceptions import HTTPError, MaxRetryError, SSLError

from storage.errors import Conflict, LostClaim, NotFound, StorageError, StoreRefused, Unavailable

_NOT_FOUND: Final = frozenset({"NoSuchKey", "NoSuchVersion"})
_TRY_LATER: Final = frozenset({"SlowDown", "RequestTimeout", "ConditionalRequestConflict", "OperationAborted"})
_A_CODE: Final = re.compile(r"[A-Za-z]{1,60}")
# The code is the server's text: only a plain word is repeated.


@contextmanager
def answering() -> Iterator[None]:
    """Turn a fault of the server, the network or the client into NotFound, Conflict, LostClaim or Unavailable."""
    try:
        yield
    except S3Error as fault:
        raise _translate(fault.code or "", fault.response.status) from None
    except MaxRetryError as fault:
        raise _unreachable(fault) from None
    except (MinioException, HTTPError, ParseError, ValueError):
        raise Unavailable("the object store does not answer as an S3 server does") from None


def _translate(code: str, status: int) -> StorageError:
    if code in _NOT_FOUND:
        return NotFound()
    if code == "NoSuchUpload":  # somebody destroyed what was there, this write with it
        return LostClaim()
    if code == "PreconditionFailed":
        return Conflict()
    if status >= 500 or code in _TRY_LATER:
        return Unavailable("the object store does not answer")
    return StoreRefused(f"the object store refuses: {code if _A_CODE.fullmatch(code) else status}")


def _unreachable(fault: MaxRetryError) -> StorageError:
    if isinstance(fault.reason, SSLError):
        return StoreRefused("the object store's certificate is not trusted (VAITI_OBJECTS_CA_FILE)")
    return Unavailable("the object store does not answer in time")
