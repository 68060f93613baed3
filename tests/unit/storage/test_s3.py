"""Objects in a bucket, beyond what every ObjectStore does: large ones, versions, uploads, and what crashes leave."""

import os
import secrets
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from storage.errors import Conflict, LostClaim, NotFound, Unavailable
from storage.s3 import Bucket, S3Objects
from storage.s3.client import Client
from storage.s3.writing import PART_SIZE
from tests.s3_server import S3Server

FOLDER = "ab/" + "ab" * 16 + "/"
NAME = f"{FOLDER}raw-audio.00000001-0000"
LARGE = secrets.token_bytes(2 * PART_SIZE + 12_345)

WRITE_AND_WAIT = """
import sys, time
from storage.s3 import Bucket, S3Objects
endpoint, name, key, secret, target = sys.argv[1:]
bucket = Bucket(endpoint=endpoint, name=name, region="us-east-1", access_key=key, secret_key=secret, tls=False)
with S3Objects(bucket).write(target) as out:
    out.write(bytes(9 << 20))
    print("written", flush=True)
    time.sleep(60)
"""


@dataclass(frozen=True)
class Place:
    """A bucket, and the store on it."""

    server: S3Server
    bucket: Bucket
    objects: S3Objects

    def names(self) -> list[str]:
        return [each.name for each in self.objects.inventory("")]

    def put(self, content: bytes, name: str = NAME) -> None:
        with self.objects.write(name) as out:
            out.write(content)

    def read(self, name: str = NAME) -> bytes:
        with self.objects.open(name) as source:
            return source.read()

    def put_another_version(self, content: bytes) -> None:
        """As another program would: without asking whether the name is taken."""
        self.server.admin.put_object(self.bucket.name, NAME, BytesIO(content), len(content))


def place_on(server: S3Server, *, versioned: bool) -> Place:
    bucket = server.make_bucket(versioned=versioned)
    return Place(server, bucket, S3Objects(bucket))


@pytest.fixture(params=["plain", "versioned"])
def place(s3_server: S3Server, request: pytest.FixtureRequest) -> Place:
    return place_on(s3_server, versioned=request.param == "versioned")


@pytest.fixture
def versioned(s3_server: S3Server) -> Place:
    return place_on(s3_server, versioned=True)


def write_around(place: Place, content: bytes, meanwhile: Callable[[], object]) -> None:
    with place.objects.write(NAME) as out:
        out.write(content)
        meanwhile()


def test_a_large_object_is_read_from_any_place(place: Place) -> None:
    place.put(LARGE)
    with place.objects.open(NAME) as source:
        assert source.seek(0, os.SEEK_END) == len(LARGE)
        for start in (0, PART_SIZE - 10, 2 * PART_SIZE - 10, 17, len(LARGE) - 5):
            source.seek(start)
            assert source.read(700_000) == LARGE[start : start + 700_000]
        source.seek(0)
        assert source.read() == LARGE
    assert place.objects.destroy(NAME) == 2  # its content, and the link that gives it its name
    assert place.names() == []


@pytest.mark.parametrize("size", [PART_SIZE - 1, PART_SIZE, PART_SIZE + 1, 2 * PART_SIZE])
def test_lengths_around_the_size_of_a_part_are_kept(s3_server: S3Server, size: int) -> None:
    place = place_on(s3_server, versioned=False)
    place.put(LARGE[:size])
    assert place.read() == LARGE[:size]


def test_of_large_and_small_writers_of_one_name_exactly_one_wins(place: Place) -> None:
    contents = [bytes([number]) * (PART_SIZE + 1 if number % 2 else 10) for number in range(6)]

    def attempt(content: bytes) -> bool:
        try:
            place.put(content)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(attempt, contents))
    assert won.count(True) == 1
    assert place.read() == contents[won.index(True)]
    assert len(place.names()) == 1 + won.index(True) % 2


def test_a_large_write_that_fails_leaves_nothing(place: Place) -> None:
    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_around(place, LARGE, fail)
    assert place.names() == []


def test_a_large_write_whose_folder_was_destroyed_meanwhile_leaves_nothing(place: Place) -> None:
    with pytest.raises(LostClaim):
        write_around(place, LARGE, lambda: place.objects.destroy(FOLDER))
    assert place.names() == []


def test_a_small_object_is_written_in_one_request_and_read_in_one(
    s3_server: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = place_on(s3_server, versioned=False)
    asked: list[str] = []
    ask = Client._url_open

    def note(client: Client, method: str, *args: Any, **more: Any) -> object:
        asked.append(method)
        return ask(client, method, *args, **more)

    monkeypatch.setattr(Client, "_url_open", note)
    place.put(b"small")
    place.read()
    assert asked == ["PUT", "GET"]


def test_a_link_whose_content_was_destroyed_meanwhile_is_taken_back(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_new = Client.put_new

    def destroy_first(client: Client, *args: Any) -> object:
        place.objects.destroy(FOLDER)
        return put_new(client, *args)

    monkeypatch.setattr(Client, "put_new", destroy_first)
    with pytest.raises(LostClaim):
        place.put(LARGE)
    assert place.names() == []


def test_an_object_destroyed_before_its_writer_looks_is_lost(versioned: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    first_version = Client.first_version

    def destroy_first(client: Client, key: str) -> str | None:
        versioned.objects.destroy(FOLDER)
        return first_version(client, key)

    monkeypatch.setattr(Client, "first_version", destroy_first)
    with pytest.raises(LostClaim):
        versioned.put(b"content")
    assert versioned.names() == []


def test_a_killed_write_leaves_no_object_but_shows_in_the_inventory(place: Place) -> None:
    bucket = place.bucket
    told = [bucket.endpoint, bucket.name, bucket.access_key, bucket.secret_key, NAME]
    command = [sys.executable, "-c", WRITE_AND_WAIT, *told]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]) as writer:
        assert writer.stdout
        writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    with pytest.raises(NotFound):
        place.objects.open(NAME)
    (leftover,) = place.names()
    assert leftover.startswith(f"{NAME}.content-")
    place.put(b"again")
    assert place.objects.destroy(FOLDER) == 2
    assert place.names() == []


def test_unfinished_uploads_are_listed_page_by_page(s3_server: S3Server) -> None:
    place = place_on(s3_server, versioned=False)
    client = Client(place.bucket)
    begun = {client.begin(f"{FOLDER}plan.{number}") for number in range(5)}
    assert {each.upload_id for each in client.uploads(FOLDER, page=2)} == begun
    assert place.objects.destroy(FOLDER) == 5
    assert client.uploads("") == []


def test_versions_and_delete_markers_are_listed_and_destroyed(versioned: Place) -> None:
    versioned.put(b"first")
    versioned.put_another_version(b"second!")
    versioned.server.admin.remove_object(versioned.bucket.name, NAME)
    with pytest.raises(NotFound):
        versioned.objects.open(NAME)
    found = versioned.objects.inventory(FOLDER)
    assert sorted(each.size for each in found) == [0, 5, 7]
    assert len({each.version for each in found} - {None}) == 3
    assert versioned.objects.destroy(FOLDER) == 3
    assert versioned.objects.inventory("") == []


def test_a_later_version_is_never_read(versioned: Place) -> None:
    versioned.put(LARGE)
    versioned.put_another_version(b"second")
    assert versioned.read() == LARGE


def test_a_put_that_is_sent_twice_meets_itself_and_wins(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    put_new = Client.put_new

    def put_twice(client: Client, *args: Any) -> object:
        with suppress(Conflict):
            put_new(client, *args)
        return put_new(client, *args)

    monkeypatch.setattr(Client, "put_new", put_twice)
    place.put(b"content")
    assert place.read() == b"content"
    assert place.names() == [NAME]
    with pytest.raises(Conflict):
        place.put(b"other")
    assert place.read() == b"content"
    assert place.names() == [NAME]


def test_a_put_that_fails_after_all_is_taken_back(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    put_new = Client.put_new

    def lose_the_answer(client: Client, *args: Any) -> object:
        put_new(client, *args)
        raise Unavailable

    monkeypatch.setattr(Client, "put_new", lose_the_answer)
    with pytest.raises(Unavailable):
        place.put(b"content")
    assert place.names() == []


def test_a_length_that_the_store_does_not_keep_is_a_fault(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    send = Client.send

    def lose_a_byte(client: Client, key: str, upload: str, number: int, content: bytes) -> object:
        return send(client, key, upload, number, content[:-1] if number == 3 else content)

    monkeypatch.setattr(Client, "send", lose_a_byte)
    with pytest.raises(Unavailable, match="another length"):
        place.put(LARGE)
    assert place.names() == []


def test_a_large_object_that_is_removed_while_it_is_read_is_not_found(place: Place) -> None:
    place.put(LARGE)
    with place.objects.open(NAME) as source:
        place.objects.destroy(FOLDER)
        source.seek(-1, os.SEEK_END)
        with pytest.raises(NotFound):
            source.read()


def measured(work: Callable[[], object]) -> int:
    """The most memory that Python held while it worked, in bytes."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_writing_and_reading_take_the_same_memory_however_long_the_object_is(s3_server: S3Server) -> None:
    place = place_on(s3_server, versioned=False)
    chunk = bytes(1 << 16)

    def write() -> None:
        with place.objects.write(NAME) as out:
            for _ in range(1024):
                out.write(chunk)

    def read() -> int:
        with place.objects.open(NAME) as source:
            return sum(len(piece) for piece in iter(lambda: source.read(1 << 16), b""))

    assert measured(write) < 4 * PART_SIZE
    assert measured(read) < 2 * PART_SIZE
    assert read() == 64 << 20


@pytest.fixture
def endless(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Somebody writes there each time that it was destroyed."""
    remove = Client.remove

    def remove_and_write(client: Client, versions: Any) -> None:
        remove(client, versions)
        client.put_new(NAME, b"again", {})

    with monkeypatch.context() as patch:
        patch.setattr(Client, "remove", remove_and_write)
        yield place


def test_a_destruction_that_does_not_end_is_no_success(endless: Place) -> None:
    endless.put(b"first")
    with pytest.raises(Unavailable, match="again and again"):
        endless.objects.destroy(FOLDER)
