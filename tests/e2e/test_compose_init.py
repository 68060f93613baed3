"""tools/compose-init, run as an operator runs it: everything is made once, is secret, and nothing is replaced."""

import json
import os
import shutil
import ssl
import stat
import subprocess
import threading
from pathlib import Path
from socket import create_connection, create_server

import pytest

ROOT = Path(__file__).parents[2]
OWNER = "12345"


def compose_init(folder: Path, *, owner: str = OWNER) -> subprocess.CompletedProcess[str]:
    settings = {"VAITI_OWNER_UID": owner, "VAITI_OWNER_GID": str(os.getgid()), "PATH": os.environ["PATH"]}
    settings["VAITI_ENV_FILE"] = str(folder.with_name("env"))
    if os.getuid() != 0 and owner != "0":
        settings["VAITI_OWNER_UID"] = str(os.getuid())
    command = [ROOT / "tools" / "compose-init", folder]
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "made"
    answer = compose_init(folder)
    assert answer.returncode == 0, answer.stderr
    return folder


def test_nothing_it_makes_is_read_by_others_and_the_next_step_is_said(made: Path) -> None:
    for each in (made, *made.rglob("*"), made.with_name("env")):
        assert not stat.S_IMODE(each.stat().st_mode) & 0o077, each
    assert f"VAITI_FOLDER={made}" in made.with_name("env").read_text(encoding="utf-8")
    assert "PASSWORD" not in made.with_name("env").read_text(encoding="utf-8")
    assert not (made / "tls" / "ca.key").exists()


def test_what_compose_mounts_is_there(made: Path) -> None:
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    asked = {part.split('"')[0] for part in compose.split("${VAITI_FOLDER}/")[1:]}
    assert asked
    assert all((made / each).exists() for each in asked)


def test_no_two_secrets_are_the_same_and_each_server_has_its_own(made: Path) -> None:
    secrets = [
        (made / "vaiti" / "secrets" / each).read_text(encoding="ascii").strip() for each in ("root.key", "token")
    ]
    database = (made / "vaiti" / "secrets" / "database.password").read_text(encoding="ascii").strip()
    objects = (made / "vaiti" / "secrets" / "objects.secret").read_text(encoding="ascii").strip()
    secrets += [database, objects, (made / "postgres" / "owner.password").read_text(encoding="ascii").strip()]
    assert len(set(secrets)) == len(secrets)
    assert min(map(len, secrets)) >= 44
    assert f"PASSWORD '{database}'" in (made / "postgres" / "role.sql").read_text(encoding="ascii")
    [identity] = json.loads((made / "s3" / "s3.json").read_text(encoding="ascii"))["identities"]
    assert identity["credentials"] == [{"accessKey": "vaiti", "secretKey": objects}]
    assert "user default off" in (made / "redis" / "users.acl").read_text(encoding="ascii")


def test_a_second_run_replaces_nothing(made: Path) -> None:
    before = (made / "vaiti" / "secrets" / "root.key").read_bytes()
    again = compose_init(made)
    assert again.returncode == 1
    assert "nothing is replaced" in again.stderr
    assert (made / "vaiti" / "secrets" / "root.key").read_bytes() == before
    elsewhere = compose_init(made.with_name("second"))
    assert "env is there already" in elsewhere.stderr
    assert not made.with_name("second").exists()


def test_root_is_refused(tmp_path: Path) -> None:
    answer = compose_init(tmp_path / "made", owner="0")
    assert answer.returncode == 1
    assert "not as root" in answer.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("certificate", "name"), [("s3", "s3"), ("api", "api"), ("api", "localhost")])
def test_the_certificates_are_taken_by_who_trusts_the_authority(made: Path, certificate: str, name: str) -> None:
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(made / "tls" / f"{certificate}.pem", made / "tls" / f"{certificate}.key")
    asking = ssl.create_default_context(cafile=str(made / "tls" / "ca.pem"))
    asking.verify_flags |= ssl.VERIFY_X509_STRICT
    with create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with serving.wrap_socket(listening.accept()[0], server_side=True):
                pass

        thread = threading.Thread(target=answer)
        thread.start()
        address = listening.getsockname()
        with create_connection(address) as line, asking.wrap_socket(line, server_hostname=name) as safe:
            assert safe.version() == "TLSv1.3"
        thread.join()


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed")
def test_redis_takes_the_files_and_knows_nobody_else(made: Path) -> None:
    command = ["redis-server", str(ROOT / "tools/compose/redis.conf"), "--dir", str(made / "redis" / "data")]
    command += ["--unixsocket", str(made / "s"), "--aclfile", str(made / "redis" / "users.acl")]
    asking = ["redis-cli", "-s", str(made / "s")]
    password = (made / "vaiti" / "secrets" / "redis.password").read_text(encoding="ascii").strip()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        while not (made / "s").exists():
            assert server.poll() is None
        told = subprocess.run([*asking, "ping"], capture_output=True, text=True, check=False).stdout
        assert "NOAUTH" in told  # what compose's health check looks for
        env = {"REDISCLI_AUTH": password, "PATH": os.environ["PATH"]}
        asked = [*asking, "--user", "vaiti", "ping"]
        assert "PONG" in subprocess.run(asked, env=env, capture_output=True, text=True, check=False).stdout
        server.terminate()
