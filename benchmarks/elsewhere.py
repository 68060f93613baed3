"""Work done in a process of its own: what others have in an environment of its own too, made from the package index.

Each side of a pair is asked the same way, over a pipe, and says how much memory its process has had at most.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

ROOT: Final = Path(__file__).resolve().parents[1]
SCRIPTS: Final = ROOT / "benchmarks" / "peers"
ENVIRONMENTS: Final = ROOT / "build" / "peers"
PACKAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "presidio": ("presidio-analyzer",),
    "pydub": ("pydub",),
    "ffmpeg": ("imageio-ffmpeg",),
    "faster-whisper": ("faster-whisper",),
}
# The newest of each: what somebody gets who installs it today.


class NoPeer(Exception):
    """A peer cannot be installed here; the pair is left out."""


def python_of(peer: str) -> str:
    """Return the Python of a peer's environment, which is made when it is not there. Raises NoPeer."""
    place, made = ENVIRONMENTS / peer, ENVIRONMENTS / f"{peer}.json"
    python = place / "bin" / "python"
    if not made.is_file():
        shutil.rmtree(place, ignore_errors=True)
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        try:
            subprocess.run([sys.executable, "-m", "venv", str(place)], check=True, capture_output=True)  # noqa: S603
            subprocess.run([*pip, "install", "-q", *PACKAGES[peer]], check=True, capture_output=True)  # noqa: S603
            listed = subprocess.run([*pip, "list", "--format=json"], check=True, capture_output=True, text=True)  # noqa: S603
        except (OSError, subprocess.CalledProcessError):
            raise NoPeer(peer) from None
        made.write_text(listed.stdout, encoding="utf-8")
    return str(python)


def versions() -> dict[str, str]:
    """Return the versions of the peers that are installed."""
    found = {}
    for peer, packages in PACKAGES.items():
        made = ENVIRONMENTS / f"{peer}.json"
        if made.is_file():
            known = {
                each["name"].lower().replace("_", "-"): each["version"]
                for each in json.loads(made.read_text(encoding="utf-8"))
            }
            found |= {name: known[name] for name in packages if name in known}
    return found


class Elsewhere:
    """A process that does one piece of work each time it is called. Raises RuntimeError when it has ended."""

    def __init__(self, python: str, script: str, *arguments: object) -> None:
        """Start `benchmarks/peers/SCRIPT.py` and wait until it has loaded what it needs."""
        paths = {"PYTHONPATH": str(ROOT)} if python == sys.executable else {}
        self._process = subprocess.Popen(  # noqa: S603 - what stands in this folder
            [python, str(SCRIPTS / f"{script}.py"), *map(str, arguments)],
            env={"PATH": os.defpath, "OPENBLAS_NUM_THREADS": "1", "HOME": str(Path.home()), **paths},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.peak_mb = 0.0
        self.said: Any = None
        self._hear()

    @classmethod
    def ours(cls, script: str, *arguments: object) -> Self:
        """Start a script that uses this project."""
        return cls(sys.executable, script, *arguments)

    @classmethod
    def of(cls, peer: str, script: str, *arguments: object) -> Self:
        """Start a script of a peer's. Raises NoPeer."""
        return cls(python_of(peer), script, *arguments)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def __call__(self) -> None:
        """Do the work once."""
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self._hear()

    def _hear(self) -> None:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            msg = f"a benchmark's process ended: {self._process.args}"
            raise RuntimeError(msg)
        answer = json.loads(line)
        self.peak_mb, self.said = answer["peak_mb"], answer["said"]
