"""Room that is kept for the purge: on a full disk too, what is due can be destroyed.

To delete takes room before it gives any: the audit entry, the receipt, the log of each database. A full disk is no
reason to keep a person's call, so a file of nothing lies in the data folder while there is room, and is given up when
there is none.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SIZE = 32 << 20
# Bytes: a batch of 5,000 purged recordings writes some 20 MB of audit entries, receipts and tombstones.


@dataclass(frozen=True, slots=True)
class Reserve:
    """A file of `size` bytes at `path`."""

    path: Path
    size: int = SIZE

    @classmethod
    def of(cls, data: Path) -> Reserve:
        """Return the one of a data folder."""
        return cls(data / "purge.reserve")

    def keep(self) -> None:
        """Set the room aside, unless that would fill the disk."""
        if self.path.exists() or self._free() < 4 * self.size:
            return
        descriptor = os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            os.posix_fallocate(descriptor, 0, self.size)
        except OSError:  # somebody else took the room
            self.path.unlink(missing_ok=True)
        finally:
            os.close(descriptor)

    def is_short(self) -> bool:
        """Tell whether the disk is so full that the room is needed, or cannot be set aside."""
        return self._free() < (self.size if self.path.exists() else 4 * self.size)

    def spend(self) -> bool:
        """Give the room up when there is hardly any other; tells whether it did."""
        if self._free() >= self.size or not self.path.exists():
            return False
        with suppress(FileNotFoundError):
            self.path.unlink()
        return True

    def _free(self) -> int:
        return shutil.disk_usage(self.path.parent).free
