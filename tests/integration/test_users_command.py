"""`vaiti users` as it is typed: accounts, codes that are printed once, roles, and their ends."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner, Result

from recordings.factory import Vaiti
from storage.records import Recording, Scope
from tests.integration.people import PASSWORD, a_browser
from tests.integration.test_review_command import as_json, run
from workers.main import app

Run = Callable[..., Result]
__all__ = ["run"]
CREATE = ("users", "create", "Aino", "--role", "qa", "--controller", "kuopio")


def may_sign_in(vaiti: Vaiti, name: str = "aino", password: str = PASSWORD) -> bool:
    return a_browser(vaiti).post("/sign-in", data={"name": name, "password": password}).status_code == 303


def test_an_account_is_made_with_a_role_and_a_code(run: Run, vaiti: Vaiti) -> None:
    said = run(*CREATE).stdout
    code = said.splitlines()[1]
    assert "qa at kuopio" in said
    form = {"name": "aino", "code": code, "password": PASSWORD}
    assert a_browser(vaiti).post("/welcome", data=form).status_code == 303
    listed = run("users", "list").stdout
    assert "aino  active  qa at kuopio" in listed
    assert code not in listed
    (account,) = as_json(run("users", "list", "--json"))["users"]
    assert (account["name"], account["state"], account["roles"][0]["role"]) == ("aino", "active", "qa")


def test_a_password_is_read_and_never_an_argument(run: Run, vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.cli.users._read_password", lambda: PASSWORD)
    assert as_json(run(*CREATE, "--password", "--json"))["code"] is None
    assert may_sign_in(vaiti)
    told = CliRunner().invoke(app, ["users", "create", "bertta", "--password", PASSWORD])
    assert told.exit_code == 2


def test_roles_are_given_and_taken_back(run: Run, vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.cli.users._read_password", lambda: PASSWORD)
    run("users", "create", "aino", "--password")
    assert not may_sign_in(vaiti)
    grant = ("users", "grant", "aino", "--controller", "kuopio", "--json")
    held = as_json(run(*grant, "--role", "investigator", "--case", "T-7"))
    assert (held["role"], held["case"]) == ("investigator", "T-7")
    partner = as_json(run(*grant, "--role", "qa", "--partner", "myynti", "--until", "2026-12-31"))
    assert (partner["partner"], partner["until"]) == ("myynti", "2027-01-01T00:00:00+00:00")
    assert may_sign_in(vaiti)
    for each in (held, partner):
        assert "revoked" in run("users", "revoke", each["id"]).stdout
    assert not may_sign_in(vaiti)
    assert "no role" in run("users", "list").stdout


def test_accounts_are_reset_signed_out_and_closed(run: Run, vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.cli.users._read_password", lambda: PASSWORD)
    run(*CREATE, "--password")
    assert may_sign_in(vaiti)
    assert as_json(run("users", "end-sessions", "aino", "--json"))["ended"] == 1
    assert as_json(run("users", "reset-password", "aino", "--second-factor", "--json"))["code"]
    assert not may_sign_in(vaiti)
    assert "closed" in run("users", "disable", "AINO", "--as", "operator-1").stdout
    (entry,) = [each for each in vaiti.audit.list(Scope.system()) if each.action == "account.disabled"]
    assert entry.actor == "operator-1"


def test_a_call_is_given_to_a_case(run: Run, vaiti: Vaiti, push: Callable[..., Recording]) -> None:
    call = push(work=False)
    assert "1 calls are given to T-7" in run("users", "give-call", call.id, "--case", "T-7").stdout
    assert "0 calls" in run("users", "give-call", call.id, "--case", "T-7", "--take").stdout


def test_all_roles_are_explained(run: Run) -> None:
    said = run("users", "roles").stdout
    assert "auditor: sees what was done and by whom, and no call" in said
    assert set(as_json(run("users", "roles", "--json"))["operator"]) == {
        "register:counts:read",
        "register:receipts:read",
        "register:states:list",
        "register:states:read",
        "register:work:retry",
    }


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("users", "create", "aino", "--role", "qa"), "go together"),
        (("users", "create", "aino", "--role", "king", "--controller", "kuopio"), "unknown-role"),
        (("users", "create", "aino", "--role", "qa", "--controller", "helen"), "unknown-controller"),
        (("users", "disable", "nobody"), "unknown-account"),
        (("users", "revoke", "0" * 32), "unknown-role"),
        (("users", "revoke", "x"), "32 hexadecimal"),
    ],
)
def test_what_cannot_be_done_is_said_on_one_line(vaiti: Vaiti, run: Run, arguments: tuple[str, ...], says: str) -> None:
    del vaiti
    refused = run(*arguments)
    assert refused.exit_code != 0
    assert says in refused.stderr + str(getattr(refused.exception, "slug", ""))
