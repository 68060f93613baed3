"""An S3 server that refuses, hangs or lies: our own errors, in bounded time, without a key, a name or an address."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from threading import Thread
from time import monotonic
from typing import Any

import pytest
from minio.commonconfig import COMPLIANCE
from minio.objectlockconfig import DAYS, ObjectLockConfig

from storage.errors import StorageError, StoreRefused, Tampered, Unavailable
from storage.probe import probe
from storage.s3 import Bucket, S3Objects, client
from storage.s3.client import Client
from tests.s3_server import S3Server

NAME = "ab/" + "ab" * 16 + "/raw-audio.00000001-0000"


@pytest.fixture
def bucket(s3_server: S3Server) -> Bucket:
    return s3_server.make_bucket()


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A server that takes connections and says nothing."""
    with closing(socket.create_server(("127.0.0.1", 0), backlog=64)) as server:
        yield server


def put(bucket: Bucket, content: bytes = b"content") -> None:
    with S3Objects(bucket).write(NAME) as out:
        out.write(content)


def calls(bucket: Bucket) -> list[Callable[[], object]]:
    objects = S3Objects(bucket)
    return [
        lambda: put(bucket),
        lambda: objects.open(NAME),
        lambda: objects.inventory(""),
        lambda: objects.destroy("ab/"),
    ]


def refusals(bucket: Bucket, kind: type[StorageError]) -> list[str]:
    texts = []
    for call in calls(bucket):
        with pytest.raises(kind) as raised:
            call()
        texts.append(str(raised.value))
    return texts


def assert_tells_nothing(texts: list[str], bucket: Bucket) -> None:
    for text in texts:
        for secret in (bucket.access_key, bucket.secret_key, bucket.name, bucket.endpoint, NAME, "http"):
            assert secret not in text


def test_wrong_keys_are_refused_in_words_that_tell_none(bucket: Bucket) -> None:
    wrong = replace(bucket, secret_key="hunter2-hunter2")
    texts = refusals(wrong, StoreRefused)
    assert_tells_nothing(texts, wrong)
    assert all("SignatureDoesNotMatch" in text for text in texts)
    assert "hunter2" not in repr(wrong)


def test_a_bucket_that_is_not_there_is_named_as_such(bucket: Bucket) -> None:
    texts = refusals(replace(bucket, name="nobody-made-this"), StoreRefused)
    assert all("NoSuchBucket" in text for text in texts)


def test_a_server_that_is_not_there_is_unavailable_and_nothing_is_printed(
    bucket: Bucket, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = replace(bucket, endpoint=f"127.0.0.1:{unused.getsockname()[1]}")
        assert_tells_nothing(refusals(nobody, Unavailable), nobody)
    assert capfd.readouterr() == ("", "")
    assert caplog.messages == []


def test_a_server_that_hangs_is_given_up_in_time(
    bucket: Bucket, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "READ_SECONDS", 0.2)
    silent = replace(bucket, endpoint=f"127.0.0.1:{listener.getsockname()[1]}")
    begun = monotonic()
    with pytest.raises(Unavailable):
        S3Objects(silent).open(NAME)
    assert 0.2 < monotonic() - begun < 10


def test_a_server_that_speaks_something_else_is_unavailable(
    bucket: Bucket, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "RETRIES", 0)
    other = replace(bucket, endpoint=f"127.0.0.1:{listener.getsockname()[1]}")

    def answer_once() -> None:
        taken, _ = listener.accept()
        with closing(taken):
            taken.recv(65536)
            taken.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/html\r\n\r\nhello")

    thread = Thread(target=answer_once)
    thread.start()
    with pytest.raises(Unavailable):
        S3Objects(other).inventory("")
    thread.join()


def test_within_tls_a_certificate_is_checked_and_everything_works(bucket: Bucket, s3_server: S3Server) -> None:
    port = s3_server.port + 1
    trusted = replace(bucket, endpoint=f"localhost:{port}", tls=True, ca_file=s3_server.ca_file)
    put(trusted)
    with S3Objects(trusted).open(NAME) as source:
        assert source.read() == b"content"
    assert probe(S3Objects(trusted)).missing == ()
    assert S3Objects(trusted).probe_server().missing == ()
    with pytest.raises(StoreRefused, match="certificate"):
        S3Objects(replace(trusted, ca_file=None)).open(NAME)


def test_a_good_server_lacks_nothing(bucket: Bucket, s3_server: S3Server) -> None:
    assert probe(S3Objects(bucket)).missing == ()
    found = S3Objects(bucket).probe_server()
    assert (found.missing, found.remarks) == ((), ("no versions are kept",))
    versioned = s3_server.make_bucket(versioned=True)
    assert probe(S3Objects(versioned)).missing == ()
    (remark,) = S3Objects(versioned).probe_server().remarks
    assert "deletes all of them" in remark
    assert S3Objects(bucket).inventory("") == S3Objects(versioned).inventory("") == []


def test_a_server_that_replaces_is_told(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    put_object = Client._put_object

    def put_over(self: Client, *args: Any, **more: Any) -> Any:
        if len(args) > 3:
            (args[3] or {}).pop("If-None-Match", None)
        return put_object(self, *args, **more)

    monkeypatch.setattr(Client, "_put_object", put_over)
    (missing,) = probe(S3Objects(bucket)).missing
    assert "If-None-Match" in missing


def test_a_server_that_deletes_nothing_is_told(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(S3Objects, "destroy", lambda *_: 0)
    missing = probe(S3Objects(bucket)).missing
    assert [text for text in missing if "still lists" in text]
    assert [text for text in missing if "still gives" in text]


def test_a_server_that_does_not_check_or_lock_as_it_should_is_told(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Client, "put_with_digest", lambda self, key, content, _: self.put_new(key, content, {}))
    monkeypatch.setattr(Client, "locks_by_default", lambda _: True)
    monkeypatch.setattr(Client, "uploads", lambda *_: [])
    missing = S3Objects(bucket).probe_server().missing
    for word in ("Content-MD5", "locks", "unfinished uploads"):
        assert [text for text in missing if word in text], word


def test_a_server_without_ranges_is_told(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    execute = Client._execute

    def ignore_ranges(self: Client, *args: Any, **more: Any) -> Any:
        (more.get("headers") or {}).pop("Range", None)
        return execute(self, *args, **more)

    monkeypatch.setattr(Client, "_execute", ignore_ranges)
    with pytest.raises(Unavailable, match="other bytes"):
        probe(S3Objects(bucket))
    monkeypatch.undo()
    assert S3Objects(bucket).inventory("") == []


def test_a_bucket_that_locks_what_is_written_is_told_and_keeps_nothing_in_silence(
    bucket: Bucket, s3_server: S3Server
) -> None:
    locked = replace(bucket, name=f"{bucket.name}-locked")
    s3_server.admin.make_bucket(locked.name, object_lock=True)
    s3_server.admin.set_object_lock_config(locked.name, ObjectLockConfig(COMPLIANCE, 1, DAYS))
    objects = S3Objects(locked)
    put(locked)
    with pytest.raises(StoreRefused, match="keeps what was to be deleted"):
        objects.destroy("ab/")
    assert [each.name for each in objects.inventory("")] == [NAME]
    assert Client(locked).locks_by_default()


def test_a_server_that_forgets_nothing_of_an_upload_is_told(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Client, "abandon", lambda *_: None)
    missing = S3Objects(bucket).probe_server().missing
    assert [text for text in missing if "still lists an upload" in text]
    assert [text for text in missing if "would outlive a purge" in text]


def test_a_link_that_nobody_of_us_wrote_is_not_followed(bucket: Bucket) -> None:
    Client(bucket).put_new(NAME, b"somewhere", {"link": "../../elsewhere"})
    with pytest.raises(Tampered):
        S3Objects(bucket).open(NAME)
