"""A file that is written once, front to back, and measured on the way: its size and its SHA-256."""

from __future__ import annotations

import hashlib
from typing import BinaryIO


class Measured:
    """Passes bytes on. It cannot seek: what is encrypted behind it cannot be corrected at its start."""

    def __init__(self, out: BinaryIO) -> None:
        """`out` takes the bytes."""
        self._out = out
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def digest(self) -> str:
        """The SHA-256 of what was written, in hexadecimal."""
        return self._digest.hexdigest()

    def write(self, content: bytes) -> int:
        """Write all of it."""
        self._digest.update(content)
        self._out.write(content)
        self.size += len(content)
        return len(content)

    def writable(self) -> bool:
        """Tell encoders that they may write."""
        return True

    def seekable(self) -> bool:
        """Tell encoders that what is written is written."""
        return False

    def flush(self) -> None:
        """Nothing is kept back."""
