"""Settings and the controllers file: what is refused at start, and that no refusal repeats a value."""

import base64
from pathlib import Path

import pytest

from recordings.controllers import Controllers
from recordings.errors import NoPeriod, SettingsWrong, UnknownController, UnknownKind
from recordings.objects_url import BucketAddress
from recordings.settings import KEY_STORE, Settings, load_settings
from storage.records import Kind


def test_the_environment_is_read_with_its_prefix(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VAITI_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("VAITI_LANGUAGE", "sv")
    settings = load_settings()
    assert (settings.data, settings.language, settings.host) == (tmp_path / "data", "sv", "127.0.0.1")
    assert load_settings(language="fi").language == "fi"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_loopback_addresses_are_taken(host: str) -> None:
    assert load_settings(host=host).host == host


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "vaiti.example", ""])
def test_what_other_machines_reach_needs_tls_and_a_name(host: str) -> None:
    for given in ({"host": host}, {"host": host, "names": "vaiti.example"}, {"names": "vaiti.example"}):
        with pytest.raises(SettingsWrong, match="needs TLS"):
            load_settings(**given)
    with pytest.raises(SettingsWrong, match="VAITI_NAMES"):
        load_settings(host=host, tls_ends_at_proxy=True)
    assert load_settings(host=host, names="vaiti.example", tls_ends_at_proxy=True).host == host


def test_names_are_written_with_commas() -> None:
    settings = load_settings(names=" Vaiti.Example, 10.0.0.7 ,, fe80::1", tls_ends_at_proxy=True)
    assert settings.public_names == {"vaiti.example", "10.0.0.7", "fe80::1"}
    with pytest.raises(SettingsWrong, match="VAITI_NAMES"):
        load_settings(names="vaiti.example/x", tls_ends_at_proxy=True)


def test_tls_ends_here_or_at_a_proxy(tmp_path: Path) -> None:
    certificate, key = tmp_path / "tls.crt", tmp_path / "tls.key"
    with pytest.raises(SettingsWrong, match="both, or neither"):
        load_settings(tls_certificate_file=certificate)
    with pytest.raises(SettingsWrong, match="VAITI_TLS_ENDS_AT_PROXY"):
        load_settings(tls_certificate_file=certificate, tls_key_file=key, tls_ends_at_proxy=True)
    with pytest.raises(SettingsWrong, match="VAITI_TLS_KEY_FILE"):
        load_settings(data=tmp_path, tls_certificate_file=certificate, tls_key_file=key)


def test_a_queue_that_is_no_redis_is_refused_without_its_password() -> None:
    with pytest.raises(SettingsWrong, match="VAITI_QUEUE_URL") as refused:
        load_settings(queue_url="amqp://user:hunter2@queue/vaiti")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("url", ["redis://queue:6379/0", "rediss://queue/0", "unix:///run/redis.sock?db=0"])
def test_a_queue_on_redis_is_taken_and_not_shown(url: str) -> None:
    settings = load_settings(queue_url=url)
    assert settings.queue_address == url
    assert "queue" not in repr(settings.queue_url)


@pytest.mark.parametrize(
    ("url", "endpoint", "tls"),
    [
        ("s3://objects.example.fi/vaiti-calls", "objects.example.fi", True),
        ("s3://objects.example.fi:9000/vaiti-calls/", "objects.example.fi:9000", True),
        ("s3+http://127.0.0.1:7480/vaiti-calls", "127.0.0.1:7480", False),
        ("s3+http://localhost/vaiti-calls", "localhost", False),
    ],
)
def test_an_address_names_a_bucket(url: str, endpoint: str, *, tls: bool) -> None:
    settings = load_settings(objects_url=url, objects_access_key="the-id", objects_secret_key="hunter2")
    assert settings.bucket == BucketAddress(endpoint, "vaiti-calls", tls)
    assert settings.read_objects_secret() == "hunter2"
    assert "hunter2" not in repr(settings)
    assert "the-id" not in repr(settings)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("s3+http://objects.example.fi/vaiti-calls", "this machine only"),
        ("s3+http://10.0.0.4:9000/vaiti-calls", "this machine only"),
        ("s3://key:hunter2@objects.example.fi/vaiti-calls", "no keys in an address"),
        ("s3://objects.example.fi", "nothing more"),
        ("s3://objects.example.fi/vaiti-calls/folder", "nothing more"),
        ("s3://objects.example.fi/vaiti-calls?secret=hunter2", "nothing more"),
        ("s3:///vaiti-calls", "nothing more"),
        ("s3://[hunter2/vaiti-calls", "cannot be read"),
        ("https://objects.example.fi/hunter2", "s3://host/bucket"),
    ],
)
def test_an_address_that_could_not_be_kept_safely_is_refused_and_not_repeated(url: str, why: str) -> None:
    with pytest.raises(SettingsWrong, match=why) as refused:
        load_settings(objects_url=url, objects_access_key="the-id")
    assert "hunter2" not in str(refused.value)


def test_a_bucket_needs_a_key_whose_secret_others_cannot_read(tmp_path: Path) -> None:
    bucket = {"data": tmp_path / "data", "objects_url": "s3://objects.example.fi/vaiti-calls"}
    with pytest.raises(SettingsWrong, match="VAITI_OBJECTS_ACCESS_KEY"):
        load_settings(**bucket)
    settings = load_settings(**bucket, objects_access_key="the-id")
    with pytest.raises(SettingsWrong, match="cannot be read"):
        settings.read_objects_secret()
    settings.secrets_folder.mkdir()
    (settings.secrets_folder / "objects.secret").write_text("hunter2\n", encoding="ascii")
    (settings.secrets_folder / "objects.secret").chmod(0o644)
    with pytest.raises(SettingsWrong, match="chmod 600"):
        settings.read_objects_secret()
    (settings.secrets_folder / "objects.secret").chmod(0o600)
    assert settings.read_objects_secret() == "hunter2"


@pytest.mark.parametrize("name", ["root_key_file", "token_file", "objects_secret_key_file"])
def test_secrets_may_not_lie_in_the_data_folder(tmp_path: Path, name: str) -> None:
    data = tmp_path / "data"
    with pytest.raises(SettingsWrong, match="data folder"):
        load_settings(data=data, **{name: data / "keys" / ".." / "root.key"})


@pytest.mark.parametrize(
    "address", ["mysql://user:hunter2@db/vaiti", "postgres://user:hunter2@db/vaiti", "hunter2", ""]
)
def test_another_kind_of_database_is_refused_and_its_address_not_repeated(address: str) -> None:
    with pytest.raises(SettingsWrong, match="VAITI_DATABASE_URL") as refused:
        load_settings(database_url=address)
    assert "hunter2" not in str(refused.value)


def test_the_password_of_the_database_is_shown_by_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hunter2\n")
    secret.chmod(0o600)
    settings = load_settings(database_url="postgresql://user:hunter2@db/vaiti", database_password_file=secret)
    assert settings.read_database_password() == "hunter2"
    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump_json()}"
    with pytest.raises(SettingsWrong, match="DATABASE_PASSWORD_FILE"):
        load_settings(data=tmp_path, database_password_file=secret)


def test_a_value_that_cannot_be_read_is_named_and_not_repeated() -> None:
    with pytest.raises(SettingsWrong, match="VAITI_PORT") as refused:
        load_settings(port="131052-308T")
    assert "131052" not in str(refused.value)


def test_a_new_service_makes_its_secrets_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    assert settings.read_root_keys() == settings.read_root_keys()
    assert settings.read_token() == settings.read_token()
    for path in (settings.key_path, settings.token_path):
        assert path.stat().st_mode & 0o777 == 0o600
        assert not path.is_relative_to(settings.data)


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    settings.read_root_keys()
    settings.key_path.chmod(0o644)
    with pytest.raises(SettingsWrong, match="chmod 600"):
        settings.read_root_keys()


def test_a_data_folder_in_use_gets_no_new_key(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    settings.data.mkdir()
    (settings.data / KEY_STORE).touch()
    with pytest.raises(SettingsWrong, match="the key that made it"):
        settings.read_root_keys()
    assert not settings.key_path.exists()


@pytest.mark.parametrize(
    "written", [base64.b64encode(b"\xfb" * 32).decode(), base64.urlsafe_b64encode(b"\xfb" * 32).decode(), "fb" * 32]
)
def test_a_root_key_may_be_given_as_base64_or_hexadecimal(written: str) -> None:
    settings = load_settings(root_key=written)
    assert settings.read_root_keys() == [b"\xfb" * 32]
    assert written not in repr(settings)


@pytest.mark.parametrize("written", ["", "hunter2", "fb" * 31, "zz" * 32, base64.b64encode(b"x" * 33).decode()])
def test_another_root_key_is_refused_and_not_repeated(written: str) -> None:
    with pytest.raises(SettingsWrong) as refused:
        load_settings(root_key=written).read_root_keys()
    assert not written or written not in str(refused.value)


def test_a_short_token_is_refused(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", token_file=tmp_path / "token")
    settings.token_path.write_text("short\n", encoding="ascii")
    settings.token_path.chmod(0o600)
    with pytest.raises(SettingsWrong, match="32 characters"):
        settings.read_token()


GOOD = """
[controllers.kuopio]
name = "Kuopion Energia Oy"
own_numbers = ["+358201234567"]
[controllers.kuopio.periods]
service = "P1Y"
"""


def test_a_controllers_file_is_read() -> None:
    controllers = Controllers.parse(GOOD)
    kuopio = controllers.get("kuopio")
    assert (kuopio.zone, kuopio.language, kuopio.end_of_day) == ("Europe/Helsinki", "fi", False)
    assert kuopio.kind_of("service") is Kind.SERVICE
    assert controllers.scope.allows("kuopio")
    assert not controllers.scope.allows("lahti")


def test_there_is_no_default_period() -> None:
    with pytest.raises(NoPeriod):
        Controllers.parse(GOOD).get("kuopio").kind_of("contract")
    with pytest.raises(UnknownKind):
        Controllers.parse(GOOD).get("kuopio").kind_of("gossip")
    with pytest.raises(UnknownController):
        Controllers.parse(GOOD).get("lahti")


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        (GOOD.replace("P1Y", "1 year"), "controllers.kuopio.periods"),
        (GOOD.replace("service", "gossip"), "controllers.kuopio.periods"),
        (GOOD.replace('name = "Kuopion Energia Oy"', ""), "controllers.kuopio.name"),
        (GOOD.replace("own_numbers", "numbers"), "controllers.kuopio.numbers"),
        (GOOD.replace("[controllers.kuopio]", '[controllers.kuopio]\nzone = "Europe/Kuopio"'), "kuopio.zone"),
        (
            GOOD.replace("[controllers.kuopio]", "[controllers.kuopio]\nperiods = 1").split("[controllers.kuopio.p")[0],
            "periods",
        ),
        ("controllers = 3", "table"),
        ("[controllers", "not TOML"),
    ],
)
def test_a_wrong_controllers_file_is_refused_by_place(changed: str, place: str) -> None:
    with pytest.raises(SettingsWrong, match=place):
        Controllers.parse(changed)


def test_a_controllers_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong, match="VAITI_CONTROLLERS"):
        Controllers.read(tmp_path / "none.toml")


POLICY = (
    GOOD
    + """
[controllers.kuopio.policy.PHONE_NUMBER]
words = "partial"
[controllers.kuopio.kinds.contract.policy.PERSON]
words = "pseudonym"
sound = "silence"
"""
)


def test_rules_of_masking_are_read_by_controller_and_kind() -> None:
    controllers = Controllers.parse(POLICY)
    assert [set(table.policy) for table in controllers.masking("kuopio", Kind.CONTRACT)] == [
        {"PHONE_NUMBER"},
        {"PERSON"},
    ]
    assert len(controllers.masking("kuopio", Kind.SERVICE)) == 1
    assert controllers.masking("lahti", Kind.SERVICE) == ()


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('words = "partial"', 'words = "whole"', "PHONE_NUMBER: words is tag, partial or pseudonym"),
        ('words = "partial"', 'word = "partial"', "PHONE_NUMBER: is TYPE = a table"),
        ("PHONE_NUMBER", "SECRET", "SECRET: words = partial is possible for"),
        ("policy.PERSON", "policy.SECRET", "SECRET: words = pseudonym is not possible"),
        ("kinds.contract", "kinds.gossip", "kinds.gossip"),
        ("silence", "music", "sound is tone or silence"),
    ],
)
def test_a_rule_of_masking_that_cannot_be_kept_stops_the_start(before: str, after: str, says: str) -> None:
    with pytest.raises(SettingsWrong, match=says):
        Controllers.parse(POLICY.replace(before, after, 1))
