"""Two processes have one SQLite file open, as the service and a command have it: neither takes the other's log away."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from storage.keyring import Keyring
from storage.records import RecordingId
from tests.contracts.builders import KESKI, an_id
from tests.crashes import ROOT
from tests.roots import in_memory

DAY = date(2027, 11, 22)
_OTHER = """
from pathlib import Path
from storage.keyring import Keyring
from tests.roots import in_memory
store = Keyring.open(Path({path!r}), roots=in_memory())
print(sorted(store.recordings()))
store.close()
"""


def seen_by_another(path: Path) -> str:
    """Open the store in another process, and close it again; returns the recordings that it knows."""
    code = _OTHER.format(path=str(path))
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def destroy_one(store: Keyring) -> None:
    gone = an_id()
    store.create(gone, controller=KESKI, delete_on=DAY)
    store.destroy(gone)


def open_once_more(store: Keyring) -> None:
    Keyring.open(Path(str(store.database.engine.url.database)), roots=in_memory()).close()


@pytest.mark.parametrize("act", [destroy_one, open_once_more])
def test_a_key_that_is_made_after_another_process_ended_is_seen_by_the_next(
    tmp_path: Path, act: Callable[[Keyring], None]
) -> None:
    """Closing a descriptor of a file drops a process's locks on it: SQLite's other process then removes the log."""
    store = Keyring.open(tmp_path / "keys.db", roots=in_memory())
    kept = an_id()
    store.create(kept, controller=KESKI, delete_on=DAY)
    act(store)
    assert seen_by_another(tmp_path / "keys.db") == str([kept])
    late = an_id()
    store.create(late, controller=KESKI, delete_on=DAY)
    assert seen_by_another(tmp_path / "keys.db") == str(sorted([kept, RecordingId(late)]))
    store.close()
