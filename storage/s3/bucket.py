"""Which bucket of which server, and with which keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A bucket. `endpoint` is host or host:port; without `tls` it must be this machine, which the settings see to."""

    endpoint: str
    name: str
    region: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    tls: bool = True
    ca_file: Path | None = None  # None: the authorities that certifi knows
