"""A real S3 server for the tests: Ceph's gateway by `tools/rgw.sh`, alone on this machine, gone when the tests end."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from minio import Minio
from minio.commonconfig import ENABLED
from minio.versioningconfig import VersioningConfig

from storage.s3 import Bucket

SCRIPT = Path(__file__).resolve().parents[1] / "tools" / "rgw.sh"
NEEDED = ("radosgw", "ceph-mon", "ceph-osd", "ceph", "openssl")
REGION = "us-east-1"


class NoS3Server(Exception):
    """There is no S3 server on this machine; the text says what to install."""


@dataclass(frozen=True, kw_only=True)
class S3Server:
    """The server: http on `port`, TLS on the next one."""

    folder: Path
    port: int
    ca_file: Path
    access_key: str
    secret_key: str

    @property
    def admin(self) -> Minio:
        return Minio(f"127.0.0.1:{self.port}", self.access_key, self.secret_key, secure=False, region=REGION)

    def crash(self) -> None:
        """Kill its three daemons at once."""
        subprocess.run([str(SCRIPT), "crash", str(self.folder)], check=True)

    def start(self) -> None:
        """Start it again after a crash, and wait until it answers."""
        subprocess.run([str(SCRIPT), "up", str(self.folder), str(self.port)], check=True, stdout=subprocess.DEVNULL)

    def make_bucket(self, *, versioned: bool = False) -> Bucket:
        """A new bucket of its own."""
        name = f"test-{secrets.token_hex(8)}"
        self.admin.make_bucket(name)
        if versioned:
            self.admin.set_bucket_versioning(name, VersioningConfig(ENABLED))
        return Bucket(
            endpoint=f"127.0.0.1:{self.port}",
            name=name,
            region=REGION,
            access_key=self.access_key,
            secret_key=self.secret_key,
            tls=False,
        )


@contextmanager
def running_s3_server(*, store: str = "memstore") -> Iterator[S3Server]:
    """Start the server; it ends with this context, and with this process in whatever way that ends.

    With the store `bluestore` it keeps what it took through a crash. Raises NoS3Server.
    """
    missing = [command for command in NEEDED if not shutil.which(command)]
    if missing:
        raise NoS3Server("the tests on an S3 server need: sudo apt-get install radosgw ceph-mon ceph-osd openssl")
    folder = Path(tempfile.mkdtemp(prefix="vaiti-s3-"))
    command = [str(SCRIPT), "hold", str(folder), str(_free_ports(3))]
    # A group of its own: Ctrl-C ends the tests, and the end of its standard input ends the server.
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "STORE": store},
    ) as holder:
        assert holder.stdin
        assert holder.stdout
        told = holder.stdout.readline().split()
        if told[:1] != ["ready"]:
            msg = "the S3 server did not start"
            raise RuntimeError(msg)
        try:
            yield S3Server(
                folder=folder, port=int(told[1]), ca_file=Path(told[2]), access_key=told[3], secret_key=told[4]
            )
        finally:
            holder.stdin.close()
    assert not folder.exists()


def _free_ports(count: int) -> int:
    """The first of so many ports in a row that nobody listens on.

    None that Linux gives to connections by itself: one could have it when the server starts again after a crash.
    """
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split()[0])
    while True:
        first = 10_000 + secrets.randbelow(lowest - 10_000 - count)
        if all(map(_is_free, range(first, first + count))):
            return first


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
