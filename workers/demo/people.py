"""An account for each role in a demo's folder, so that a newcomer can look at the service as each of them.

One password for all of them, made anew for each folder and kept in a file there: these folders hold made-up calls only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from recordings import second_factor
from recordings.factory import Vaiti
from recordings.permissions import ROLES, Role
from recordings.settings import read_secret, write_secret
from recordings.steps.people import NewRole
from storage.records import RecordingId
from workers.demo.folder import CONTROLLER
from workers.demo.screen import Screen
from workers.place import is_marked

ACCOUNTS: Final = "demo-accounts.txt"
CASE: Final = "DEMO-2"
ACTOR: Final = "demo"


def make_accounts(vaiti: Vaiti, folder: Path, given: list[str]) -> None:
    """Make an account named after each role; `given` are the calls of the case that two of them work on."""
    password = second_factor.new_code()
    now = vaiti.clock.now()
    for role, terms in ROLES.items():
        account = vaiti.keep_people.create(role.value, actor=ACTOR, password=password).account
        new = NewRole(
            role=role,
            controller=CONTROLLER,
            case=CASE if terms.named_calls else None,
            until=now + terms.longest if terms.longest else None,
        )
        vaiti.keep_people.grant(account, new, actor=ACTOR)
    for recording in given:
        vaiti.keep_people.give(vaiti.controllers.scope, RecordingId(recording), CASE, actor=ACTOR)
    write_secret(folder / ACCOUNTS, password)


def how_to_sign_in(data: Path) -> list[str]:
    """Return what to say of a demo's accounts; nothing for a folder that no demo made."""
    file = data.parent / ACCOUNTS
    if not is_marked(data) or not file.exists():
        return []
    names = ", ".join(role.value for role in Role)
    return [
        f"Sign in as {names}.",
        f"The password of all of them is {read_secret(file)} (made up for this demo folder).",
    ]


def show_accounts(screen: Screen, data: Path) -> None:
    """Say how to sign in."""
    for line in how_to_sign_in(data):
        screen.line(f"  {line}")
