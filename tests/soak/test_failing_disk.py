"""A disk that is full or fails now and then, under load (T25): what was acknowledged is there, once and whole.

`fiu-run` (libfiu) makes calls of the C library fail at random in the service, the scheduler and the workers. A full
disk alone and each call that fails once are in `make test`: `test_full_disk.py`, `tests/unit/storage/test_folder.py`.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.installation import Installation, installed
from tests.faults.pushing import Pushed, check, opened, wait_until_published

pytestmark = pytest.mark.soak

CALLS, CLIENTS, SECONDS = 60, 6, 3.2
# Of sound: as long as what is said in it (tests/faults/played.py).
PUBLISHED_SECONDS = 600.0
NO_SPACE, IO_ERROR = 28, 5
WRITES = ("write", "pwrite", "writev", "pwritev")
FAULTS = {
    **{f"posix/io/rw/{write}": (0.003, NO_SPACE) for write in WRITES},
    "posix/io/sync/fsync": (0.03, IO_ERROR),
    "posix/io/sync/fdatasync": (0.03, IO_ERROR),
}
# How often each fails, and with which number. A call writes some hundred times, to sockets too, and syncs ten times.


@pytest.fixture
def pipes(tmp_path: Path) -> Path:
    """Where each process that `fiu-run` starts has its pipe to be told by."""
    if not shutil.which("fiu-run"):
        pytest.fail("the test on a failing disk needs: sudo apt-get install fiu-utils")
    return tmp_path / "fiu"


@pytest.fixture
def installation(pipes: Path) -> Iterator[Installation]:
    with installed(postgres=False, s3=False, under=("fiu-run", "-x", "-f", str(pipes))) as made:
        yield made


def tell(pipes: Path, processes: list[int], commands: list[str]) -> None:
    """Tell processes which calls of theirs are to fail."""
    words = [word for command in commands for word in ("-c", command)]
    numbers = [str(process) for process in processes]
    subprocess.run(["fiu-ctrl", "-f", str(pipes), *words, *numbers], check=True, timeout=60)


def test_a_disk_that_fails_at_random_loses_no_acknowledged_call(installation: Installation, pipes: Path) -> None:
    pushed = Pushed()
    processes = [process.pid for process in installation.running.values()]
    failing = [
        f"enable_random name={name},probability={often},failinfo={number}" for name, (often, number) in FAULTS.items()
    ]
    tell(pipes, processes, failing)
    pushed.push_all(installation, range(CALLS), clients=CLIENTS, seconds=SECONDS)
    assert pushed.answers.keys() > {201}, "nothing failed"
    for process in installation.running.values():  # one that was started again meanwhile knows of no faults
        if process.pid in processes and process.poll() is None:
            tell(pipes, [process.pid], [f"disable name={each}" for each in FAULTS])
    with closing(opened(installation)) as vaiti:
        wait_until_published(vaiti, CALLS, seconds=PUBLISHED_SECONDS)
        check(installation, vaiti, pushed)
