"""`vaiti api-keys` as it is typed: what is printed, and that a key is printed once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from typer.testing import Result

from recordings.factory import Vaiti
from tests.integration.fakes import MovedClock
from tests.integration.test_api_keys import SECRET, is_let_in
from tests.integration.test_review_command import as_json, run

Run = Callable[..., Result]
CREATE = ("api-keys", "create", "genesys-1", "--controller", "kuopio")
__all__ = ["run"]


def test_a_key_is_made_listed_rotated_and_revoked(run: Run, vaiti: Vaiti, clock: MovedClock) -> None:
    text = run(*CREATE, "--kinds", "service,contract", "--expires", "P1Y").stdout.split()[0]
    assert is_let_in(vaiti, text)
    listed = run("api-keys", "list").stdout
    assert "genesys-1  kuopio (service,contract)  good until 2027-03-02" in listed
    assert text[-SECRET:] not in listed
    rotated = run("api-keys", "rotate", "genesys-1", "--overlap", "P1D").stdout
    assert "good until 2026-03-03" in rotated
    assert "earlier secret until 2026-03-03" in run("api-keys", "list").stdout
    clock.at += timedelta(days=1)
    assert [is_let_in(vaiti, each) for each in (text, rotated.split()[0])] == [False, True]
    assert "revoked 2026-03-03" in run("api-keys", "revoke", text.split("_")[1]).stdout
    assert not is_let_in(vaiti, rotated.split()[0])


def test_programs_read_it_as_json(run: Run, vaiti: Vaiti) -> None:
    made = as_json(run(*CREATE, "--json"))
    assert (made["controllers"], made["kinds"], made["state"]) == (["kuopio"], [], "good")
    assert is_let_in(vaiti, made["key"])
    rotated = as_json(run("api-keys", "rotate", made["id"], "--overlap", "P0D", "--json"))
    assert [is_let_in(vaiti, each["key"]) for each in (made, rotated)] == [False, True]
    (listed,) = as_json(run("api-keys", "list", "--json"))["api_keys"]
    assert ("key" in listed, listed["last_used_at"] is None, len(listed["secrets"])) == (False, False, 2)
    assert as_json(run("api-keys", "revoke", made["id"], "--json"))["state"] == "revoked"


def test_a_key_for_metrics_is_made_without_a_register(run: Run) -> None:
    assert as_json(run("api-keys", "create", "prometheus", "--metrics", "--json"))["scopes"] == ["metrics:read"]


@pytest.mark.parametrize(
    "typed",
    [
        ("create", "pbx"),
        ("create", "pbx", "--controller", "kuopio", "--metrics"),
        ("create", "p b x", "--controller", "kuopio"),
        ("create", "pbx", "--controller", "kuopio", "--expires", "a year"),
        ("rotate", "pbx", "--overlap", "7"),
    ],
)
def test_what_cannot_be_meant_is_a_wrong_use(run: Run, typed: tuple[str, ...]) -> None:
    assert run("api-keys", *typed).exit_code == 2


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        (("create", "pbx", "--controller", "helen"), "unknown-controller"),
        (("create", "pbx", "--controller", "kuopio", "--kinds", "gossip"), "unknown-kind"),
        (("rotate", "pbx"), "unknown-api-key"),
        (("revoke", "pbx"), "unknown-api-key"),
    ],
)
def test_what_is_not_there_is_refused(run: Run, typed: tuple[str, ...], slug: str) -> None:
    assert getattr(run("api-keys", *typed).exception, "slug", None) == slug
