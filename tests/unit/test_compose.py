"""docker-compose.yml and Dockerfile keep what docs/compose.md promises, read one by one: no engine runs here."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from recordings.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ONE_SHOT = {"vaiti", "fetch", "bucket"}
LASTING = sorted(SERVICES.keys() - ONE_SHOT)
FROM_US = sorted(name for name, each in SERVICES.items() if "VAITI_DATABASE_URL" in each.get("environment", {}))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def mounts(name: str) -> dict[str, dict[str, Any]]:
    return {each["target"]: each for each in SERVICES[name]["volumes"]}


def test_the_file_is_a_compose_file() -> None:
    schema = json.loads((ROOT / "tests" / "compose_spec" / "compose_spec.json").read_text(encoding="utf-8"))
    document = json.loads(json.dumps(COMPOSE))
    # Two words are younger than the schema that PyPI has (2021); both stand in the specification of today.
    del document["name"]
    for service in document["services"].values():
        for mount in service.get("volumes", []):
            del mount["bind"]["create_host_path"]
    jsonschema.Draft201909Validator(schema).validate(document)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_has_no_rights_that_it_does_not_need(name: str) -> None:
    service = SERVICES[name]
    assert service["user"].startswith("${VAITI_UID:?")  # refused with a sentence where compose-init was not run
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "noexec" in service["tmpfs"][0]
    assert "size=" in service["tmpfs"][0]
    assert service["pids_limit"]
    assert service["mem_limit"]
    assert service["logging"]["options"]["max-size"]
    assert not {"privileged", "cap_add", "devices", "pid", "ipc", "userns_mode"} & service.keys()


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_an_image_is_one_version(name: str) -> None:
    image = SERVICES[name]["image"]
    assert re.search(r":v?\d+\.\d+", image), image
    assert "latest" not in image


@pytest.mark.parametrize("name", LASTING)
def test_what_lasts_is_asked_how_it_is_and_started_again(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert SERVICES[name]["stop_grace_period"]


def test_only_the_api_is_published_and_on_this_machine() -> None:
    assert {name for name, each in SERVICES.items() if each.get("ports")} == {"api"}
    assert SERVICES["api"]["ports"] == ["${VAITI_PUBLISH:-127.0.0.1:8470}:8470"]


def test_redis_and_postgresql_have_no_network() -> None:
    assert SERVICES["redis"]["network_mode"] == SERVICES["postgres"]["network_mode"] == "none"


def test_workers_have_no_way_out() -> None:
    assert COMPOSE["networks"]["objects"] == {"internal": True}
    for name in {*FROM_US, "s3"} - {"api"}:
        assert SERVICES[name]["networks"] == ["objects"]
    assert SERVICES["api"]["networks"] == ["objects", "front"]
    assert COMPOSE["networks"]["front"]["driver_opts"]["com.docker.network.bridge.enable_ip_masquerade"] == "false"


def test_what_has_a_way_out_sees_models_and_nothing_else() -> None:
    assert [name for name, each in SERVICES.items() if "out" in each.get("networks", [])] == ["fetch"]
    assert set(mounts("fetch")) == {"/vaiti/models"}


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|TOKEN|KEY", name) and name != "VAITI_OBJECTS_ACCESS_KEY":
                assert name.endswith(("_FILE", "_BACKUPS")), name
                assert value.startswith("/"), name


def test_configuration_is_not_written_to_and_no_folder_is_made_by_root() -> None:
    for name in SERVICES.keys() - {"bucket"}:
        for target, each in mounts(name).items():
            assert each["bind"] == {"create_host_path": False}
            assert each.get("read_only", False) is target.startswith(("/etc", "/run/secrets", "/docker-entrypoint"))


@pytest.mark.parametrize("name", FROM_US)
def test_the_settings_are_settings_that_vaiti_takes(name: str) -> None:
    given = {
        key.removeprefix("VAITI_").lower(): re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", value)
        for key, value in SERVICES[name]["environment"].items()
    }
    settings = Settings.model_validate(given)
    assert settings.bucket is not None
    assert settings.bucket.tls
    assert settings.queue_address is not None
    assert settings.queue_address.startswith("unix://vaiti@/run/redis/")
    assert settings.has_tls == (name == "api")


def test_the_key_of_the_front_door_is_seen_by_the_api_alone() -> None:
    assert [name for name in FROM_US if "/etc/vaiti/server.key" in mounts(name)] == ["api"]
    everywhere = json.dumps(COMPOSE)
    assert "postgres/owner.password" in everywhere
    assert [n for n in SERVICES if "postgres/owner.password" in json.dumps(SERVICES[n])] == ["postgres"]


def test_s3_has_keys_tls_and_no_other_open_door() -> None:
    command = SERVICES["s3"]["command"]
    for needed in (
        "-ip.bind=127.0.0.1",
        "-s3.config=/etc/vaiti/s3.json",
        "-s3.key.file=/etc/vaiti/s3.key",
        "-s3.iam=false",
    ):
        assert needed in command


def test_the_dockerfile_has_no_complaint() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    subprocess.run([hadolint, "--failure-threshold", "style", ROOT / "Dockerfile"], check=True)


def test_the_last_stages_are_made_of_copies_and_run_as_nobody_in_particular() -> None:
    last = DOCKERFILE[DOCKERFILE.index(" AS base") :]
    assert re.findall(r"apt-get install -y --no-install-recommends (.+) \\", last) == ["postgresql-client-17"]
    assert last.count("RUN") == 1
    assert SERVICES["postgres"]["image"].startswith("postgres:17.")  # pg_dump is of the server's version
    assert re.search(r"^USER [1-9]\d+:", last, re.MULTILINE)
    assert 'ENTRYPOINT ["vaiti"]' in last
    assert "HEALTHCHECK" in last
    installs = [line for line in DOCKERFILE.splitlines() if '"install"' in line]
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)


def test_what_the_dockerfile_copies_is_what_docker_is_given() -> None:
    copied = {word for line in re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, re.MULTILINE) for word in line.split()}
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied == {line[1:] for line in ignore if line.startswith("!")}
    assert all((ROOT / each).exists() for each in copied)
