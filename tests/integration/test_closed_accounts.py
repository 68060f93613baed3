"""A closed account is forgotten when the registers say so in which it had roles, and not before."""

from dataclasses import replace
from datetime import timedelta

import pytest

from recordings.controllers import Controllers
from recordings.factory import Vaiti
from recordings.permissions import Role
from recordings.retention import Period
from storage.people import Account
from storage.records import Scope
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import MovedClock
from tests.integration.people import an_account, grant

SYSTEM = Scope.system()
SHORT = CONTROLLERS.replace('cases = "P2Y"\n', 'cases = "P2Y"\naccounts = "P1Y"\n')
BOTH = SHORT.replace("end_of_day = true\n", 'end_of_day = true\naccounts = "P2Y"\n')


@pytest.fixture
def clerk(vaiti: Vaiti) -> Account:
    return an_account(vaiti, "bertta", Role.QA)


def stating(vaiti: Vaiti, lines: str) -> Vaiti:
    return replace(vaiti, controllers=Controllers.parse(lines))


def closed(vaiti: Vaiti, account: Account) -> None:
    vaiti.keep_people.disable(SYSTEM, account, actor="admin")


def test_it_goes_with_its_name_and_roles_when_the_period_is_over(
    vaiti: Vaiti, clerk: Account, clock: MovedClock
) -> None:
    vaiti = stating(vaiti, SHORT)
    closed(vaiti, clerk)
    clock.at += timedelta(days=364)
    assert vaiti.keep_people.settle() == 0
    clock.at += timedelta(days=2)
    assert vaiti.keep_people.settle() == 1
    assert vaiti.people.find_named("bertta") is None
    assert vaiti.people.roles(SYSTEM) == []
    (gone,) = [each for each in vaiti.audit.list(SYSTEM) if each.action == "account.forgotten"]
    assert gone.detail == {"account": clerk.id}
    assert vaiti.audit.verify() > 0


def test_the_longest_period_of_its_registers_counts(vaiti: Vaiti, clerk: Account, clock: MovedClock) -> None:
    grant(vaiti, clerk, Role.QA, "lahti")
    vaiti = stating(vaiti, BOTH)
    closed(vaiti, clerk)
    clock.at += timedelta(days=400)
    assert vaiti.keep_people.settle() == 0
    clock.at += timedelta(days=400)
    assert vaiti.keep_people.settle() == 1


def test_who_is_in_use_or_of_a_register_that_states_nothing_stays(
    vaiti: Vaiti, clerk: Account, clock: MovedClock
) -> None:
    clock.at += timedelta(days=4000)
    assert stating(vaiti, SHORT).keep_people.settle() == 0  # in use
    closed(vaiti, clerk)
    clock.at += timedelta(days=4000)
    assert vaiti.keep_people.settle() == 0  # the file says nothing
    assert stating(vaiti, SHORT).controllers.get("kuopio").accounts == Period.parse("P1Y")


def test_who_never_had_a_role_waits_for_the_longest_of_all(vaiti: Vaiti, clock: MovedClock) -> None:
    nobody = an_account(vaiti, "ulla")
    closed(vaiti, nobody)
    clock.at += timedelta(days=800)
    assert stating(vaiti, SHORT).keep_people.settle() == 0
    assert stating(vaiti, BOTH).keep_people.settle() == 1
