"""The folder of objects: whole and durable or not there, and readable by nobody else."""

import errno
import os
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage.errors import Conflict, LostClaim, NotFound, Unavailable
from storage.folder import FolderObjects

NAME = "ab/" + "ab" * 16 + "/raw-audio.00000001-0000"

WRITE_AND_WAIT = """
import sys, time
from pathlib import Path
from storage.folder import FolderObjects
with FolderObjects(Path(sys.argv[1])).write(sys.argv[2]) as out:
    out.write(b"x" * 100_000)
    print("written", flush=True)
    time.sleep(60)
"""


def put(root: Path, content: bytes = b"content") -> FolderObjects:
    objects = FolderObjects(root)
    with objects.write(NAME) as out:
        out.write(content)
    return objects


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_files_and_folders_are_for_their_owner_only(tmp_path: Path) -> None:
    put(tmp_path / "objects")
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "objects").rglob("*") if path.is_dir()}
    assert modes | {(tmp_path / "objects").stat().st_mode & 0o777} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in files(tmp_path)} == {0o600}


def test_a_killed_write_leaves_no_object_but_shows_in_the_inventory(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITE_AND_WAIT, str(tmp_path), NAME]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]) as writer:
        assert writer.stdout
        writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    objects = FolderObjects(tmp_path)
    with pytest.raises(NotFound):
        objects.open(NAME)
    (leftover,) = objects.inventory("")
    assert leftover.size == 100_000
    assert ".tmp-" in leftover.name
    with objects.write(NAME) as out:
        out.write(b"again")
    assert objects.destroy(NAME.rsplit("/", 1)[0] + "/") == 2
    assert files(tmp_path) == []


@pytest.mark.parametrize("broken", ["fsync", "link", "open"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_leaves_no_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, code: int
) -> None:
    objects = FolderObjects(tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, "broken", str(tmp_path))

    def write() -> None:
        with objects.write(NAME) as out:
            out.write(b"content")

    with monkeypatch.context() as patch:
        patch.setattr(os, broken, fail)
        with pytest.raises(Unavailable) as raised:
            write()
    assert errno.errorcode[code] in str(raised.value)
    assert str(tmp_path) not in str(raised.value)
    assert files(tmp_path) == []
    write()


def test_a_full_disk_while_writing_is_storages_fault(tmp_path: Path) -> None:
    def write_more_than_fits() -> None:
        with FolderObjects(tmp_path).write(NAME) as out:
            out.write(bytes(1 << 20))

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 18, before[1]))
    try:
        with pytest.raises(Unavailable):
            write_more_than_fits()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert files(tmp_path) == []


def test_a_fault_of_the_caller_stays_the_callers(tmp_path: Path) -> None:
    objects = FolderObjects(tmp_path)
    with pytest.raises(ConnectionResetError), objects.write(NAME):
        raise ConnectionResetError
    assert files(tmp_path) == []


def test_content_is_synced_before_it_has_a_name_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    objects = FolderObjects(tmp_path)
    with objects.write(NAME.replace("raw-audio", "plan")) as out:  # folders are made before we look
        out.write(b"x")
    order: list[str] = []
    real_sync, real_link = os.fsync, os.link

    def sync(handle: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        real_sync(handle)

    def link(*args: object, **options: object) -> None:
        order.append("link")
        real_link(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "link", link)
    with objects.write(NAME) as out:
        out.write(b"x")
    assert order == ["file", "link", "folder"]


def test_emptied_folders_go_too(tmp_path: Path) -> None:
    objects = put(tmp_path)
    objects.destroy(NAME.rsplit("/", 1)[0] + "/")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable):
        FolderObjects(tmp_path / "file" / "objects")


def test_writing_while_the_folder_is_destroyed_again_and_again_never_tears(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom storage.folder import FolderObjects\n"
        "objects = FolderObjects(Path(sys.argv[1]))\n"
        "while True:\n    objects.destroy(sys.argv[2])\n"
    )
    prefix = NAME.rsplit("/", 1)[0] + "/"
    command = [sys.executable, "-c", code, str(tmp_path), prefix]
    objects = FolderObjects(tmp_path)
    with subprocess.Popen(command, cwd=Path(__file__).parents[3], stderr=subprocess.PIPE) as destroyer:
        until = time.monotonic() + 2
        written = 0
        while time.monotonic() < until:
            try:
                with objects.write(NAME) as out:
                    out.write(b"whole")
                written += 1
                with objects.open(NAME) as source:
                    assert source.read() == b"whole"
            except (Conflict, LostClaim, NotFound, Unavailable):
                continue
        assert destroyer.poll() is None
        destroyer.kill()
    assert written
