"""A model hub on a free loopback port, speaking what huggingface_hub asks: commits, files, digests, ranges."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

REPOSITORY = "Somebody/faster-whisper-tiny"
REVISION = "0123456789abcdef0123456789abcdef01234567"
NAME = f"{REPOSITORY}@{REVISION}"
LARGE = 10_000  # bytes from which a file is served as large files are: stated by SHA-256, sent from elsewhere


@dataclass
class Hub:
    """What the hub has and how it misbehaves. `asked` is every request, as (method, path, headers)."""

    folder: Path
    address: str = ""
    elsewhere: str = ""  # large files come from another host; the library follows redirects to the same one itself
    revision: str = REVISION
    commit: str = REVISION
    old_name: str = "Before/faster-whisper-tiny"
    stated: dict[str, bytes] = field(default_factory=dict)  # what it says of a file where that is not what it sends
    cut_after: list[int] = field(default_factory=list)  # bytes that the next answers for a large file break off after
    deaf: bool = False
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def sent(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def paths(self, method: str = "GET") -> list[str]:
        return [path for how, path, _ in self.asked if how == method]

    def ranges(self) -> list[str]:
        return [headers["range"] for how, _, headers in self.asked if how == "GET" and "range" in headers]

    def describe(self) -> dict[str, Any]:
        siblings = []
        for path in sorted(self.folder.iterdir()):
            content = self.stated.get(path.name, self.sent(path.name))
            each: dict[str, Any] = {"rfilename": path.name, "size": len(content), "blobId": git_blob(content)}
            if len(content) >= LARGE:
                each["lfs"] = {"sha256": sha256(content), "size": len(content), "pointerSize": 130}
            siblings.append(each)
        return {"id": REPOSITORY, "sha": self.commit, "siblings": siblings, "cardData": {"license": "mit"}}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def git_blob(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class Handler(BaseHTTPRequestHandler):
    hub: Hub

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        path = self.path.split("?", maxsplit=1)[0]
        self.hub.asked.append((self.command, path, {k.lower(): v for k, v in self.headers.items()}))
        if self.hub.deaf:
            self.close_connection = True
            return
        if self.hub.old_name in path:
            self.head(307, {"Location": path.replace(self.hub.old_name, REPOSITORY), "Content-Length": "0"})
        elif path == f"/api/models/{REPOSITORY}/revision/{self.hub.revision}":
            self.send(json.dumps(self.hub.describe()).encode(), {"Content-Type": "application/json"})
        elif resolve := re.fullmatch(rf"/{REPOSITORY}/resolve/{self.hub.revision}/([\w.]+)", path):
            self.resolve(resolve[1])
        elif far := re.fullmatch(r"/far/([\w.]+)", path):
            self.send(self.hub.sent(far[1]), {})
        else:
            self.head(404, {"X-Error-Code": "RepoNotFound", "Content-Length": "0"})

    def resolve(self, name: str) -> None:
        content = self.hub.stated.get(name, self.hub.sent(name))
        about = {"X-Repo-Commit": self.hub.commit}
        if len(content) < LARGE:
            self.send(self.hub.sent(name), {**about, "ETag": f'"{git_blob(content)}"'})
            return
        linked = {"X-Linked-ETag": f'"{sha256(content)}"', "X-Linked-Size": str(len(content))}
        self.head(302, {**about, **linked, "Location": f"{self.hub.elsewhere}/far/{name}", "Content-Length": "0"})

    def send(self, content: bytes, headers: dict[str, str]) -> None:
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        part = content[start:]
        headers = {**headers, "Content-Length": str(len(part)), "Accept-Ranges": "bytes"}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self.head(206 if start else 200, headers)
        if self.command == "HEAD":
            return
        if "/far/" in self.path and self.hub.cut_after:
            part = part[: self.hub.cut_after.pop(0)]
            self.close_connection = True
        self.wfile.write(part)

    def head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


@contextmanager
def serving(folder: Path) -> Iterator[Hub]:
    """Serve a model's folder as one repository."""
    hub = Hub(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OneHub", (Handler,), {"hub": hub}))
    hub.address = f"http://127.0.0.1:{server.server_port}"
    hub.elsewhere = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
