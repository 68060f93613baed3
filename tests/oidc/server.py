"""A real OpenID provider for the tests: npm's oidc-provider, on a port of its own, with keys that the test made."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import httpx
from joserfc.jwk import RSAKey

HERE = Path(__file__).parent
MISSING = (
    "the tests of the company's sign-in need Node 20 or newer and npm (sudo apt-get install nodejs npm), and then: "
    "npm ci --ignore-scripts --prefix tests/oidc"
)
START_SECONDS = 60.0


class NoProvider(Exception):
    """Node or the provider's packages are not installed."""


@dataclass
class OpenIdServer:
    """The running provider."""

    issuer: str
    keys: tuple[RSAKey, RSAKey]
    process: subprocess.Popen[str]

    def tell(self, **told: Any) -> None:
        """Say who signs in next (`who`, `name`, `groups`), with which key, or with which ID token (`forged`)."""
        httpx.post(f"{self.issuer}/tests", json=told, timeout=30).raise_for_status()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@contextmanager
def running_provider(folder: Path, redirect_uri: str, signed_out: str) -> Iterator[OpenIdServer]:
    """Run a provider. Raises NoProvider."""
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules/oidc-provider").is_dir():
        raise NoProvider(MISSING)
    one, two = (RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"}) for name in ("one", "two"))
    keys = [each.as_dict(private=True) for each in (one, two)]
    given = folder / "provider.json"
    given.write_text(json.dumps({"keys": keys, "redirect_uri": redirect_uri, "signed_out": signed_out}))
    process = subprocess.Popen(
        [node, "provider.mjs", str(given)], cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield OpenIdServer(f"http://127.0.0.1:{_port(process)}", (one, two), process)
    finally:
        process.kill()
        process.wait()


def _port(process: subprocess.Popen[str]) -> int:
    """Return the port that the provider says it listens on. Raises NoProvider."""
    said: Queue[str] = Queue()

    def read() -> None:
        for line in process.stdout or ():
            said.put(line)
        said.put("")

    threading.Thread(target=read, daemon=True).start()
    try:
        while line := said.get(timeout=START_SECONDS):
            if line.startswith("listening "):
                return int(line.split()[1])
    except Empty:
        pass
    raise NoProvider(f"the provider did not start. {MISSING}")
