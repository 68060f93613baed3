"""A PKCS#11 token for the tests alone: Debian's SoftHSM2, its token in a folder of ours, gone when they end."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.pkcs11_root_keys import Pkcs11RootKeys, Token

MISSING = "the tests on a PKCS#11 token need it: sudo apt-get install softhsm2"
LABEL = "vaiti tests"
PIN = "hunter2-2345"


class NoToken(Exception):
    """SoftHSM2 is not installed."""


@dataclass(frozen=True)
class SoftHsm:
    """A token that is ready. Its keys are apart by store, so tests may share it."""

    module: Path

    def token(self, *, pin: str = PIN, label: str = LABEL) -> Token:
        return Token(module=self.module, label=label, pin=pin)

    def root_keys(self) -> Pkcs11RootKeys:
        return Pkcs11RootKeys(self.token())


@contextmanager
def running_softhsm() -> Iterator[SoftHsm]:
    """Make a token. Raises NoToken."""
    found = [*Path("/usr/lib").glob("softhsm/libsofthsm2.so"), *Path("/usr/lib").glob("*/softhsm/libsofthsm2.so")]
    if not found or not shutil.which("softhsm2-util"):
        raise NoToken(MISSING)
    with TemporaryDirectory(prefix="vaiti-hsm-") as folder:
        configuration = Path(folder) / "softhsm2.conf"
        configuration.write_text(f"directories.tokendir = {folder}\nobjectstore.backend = file\nlog.level = ERROR\n")
        os.environ["SOFTHSM2_CONF"] = str(configuration)  # read when the library is loaded, by children too
        make = ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", PIN]
        subprocess.run(make, check=True, capture_output=True)
        yield SoftHsm(found[0])
        del os.environ["SOFTHSM2_CONF"]
