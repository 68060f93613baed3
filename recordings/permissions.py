"""Who may do what: one table of roles and permissions, plain data. Pure.

A permission reads `scope:resource:action`. `register:` is about one controller's calls and held in that register only;
`own:` is about oneself and everybody's; `service:` is about the whole service and no person's. What a role is not given
here it does not have, and a route that names no permission does not start (`recordings.edge`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """What a route may ask for."""

    OWN_ACCOUNT = "own:account:manage"
    STATES_READ = "register:states:read"  # that a call is here, how far it has come, when it ends: no content
    STATES_LIST = "register:states:list"  # the same of all calls at once: who pushes asks for its own, one by one
    CALLS_PUSH = "register:calls:push"
    CALLS_AMEND = "register:calls:amend"
    CALLS_FLAG = "register:calls:flag"
    MASKED_OPEN = "register:masked:open"  # masked words and masked sound
    MASKED_SEARCH = "register:masked:search"
    MASKS_ADD = "register:masks:add"
    WORK_RETRY = "register:work:retry"  # failed work once more, with nothing decided about it
    REVIEW_READ = "register:review:read"  # what waits in quarantine: places without a word
    NOTES_READ = "register:notes:read"
    NOTES_WRITE = "register:notes:write"
    COLLECTIONS_READ = "register:collections:read"
    COLLECTIONS_WRITE = "register:collections:write"
    CUSTOMERS_FIND = "register:customers:find"
    PROFILES_SET = "register:profiles:set"
    CLEARANCES_READ = "register:clearances:read"
    CLEARANCES_DECIDE = "register:clearances:decide"
    ORIGINALS_OPEN = "register:originals:open"
    CASES_READ = "register:cases:read"
    CASES_WRITE = "register:cases:write"
    OBJECTIONS_READ = "register:objections:read"
    OBJECTIONS_WRITE = "register:objections:write"
    CASES_GIVE = "register:cases:give"  # a call to a case, for those who work on it
    PORTAL_USE = "register:portal:use"  # a customer portal's key: cases by its signed word, and copies that were let go
    CALLS_ERASE = "register:calls:erase"
    HOLDS_READ = "register:holds:read"
    HOLDS_PLACE = "register:holds:place"
    HOLDS_RELEASE = "register:holds:release"
    RECEIPTS_READ = "register:receipts:read"
    COUNTS_READ = "register:counts:read"
    AUDIT_READ = "register:audit:read"
    PEOPLE_READ = "register:people:read"
    PEOPLE_MANAGE = "register:people:manage"
    METRICS_READ = "service:metrics:read"


_P = Permission
_HEARS: Final = frozenset({_P.STATES_READ, _P.STATES_LIST, _P.MASKED_OPEN, _P.MASKED_SEARCH})
_WORKS: Final = _HEARS | {_P.CALLS_FLAG, _P.MASKS_ADD, _P.NOTES_READ, _P.NOTES_WRITE}
# Who hears a call sees when something was missed, and can mask and flag it at once.


class Role(StrEnum):
    """What a person is in a register."""

    QA = "qa"
    TRAINER = "trainer"
    SUPERVISOR = "supervisor"
    COMPLAINT_HANDLER = "complaint-handler"
    INVESTIGATOR = "investigator"
    PRIVACY_OFFICER = "privacy-officer"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    SUPPORT = "support"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a role may do, and how it is given.

    `named_calls`: it is given for a case, and opens the calls that were given to that case. `longest`: it is given for
    so long at most. `partners`: it may be narrowed to a partner's calls. `calls_an_hour`: how many calls it opens.
    """

    why: str
    may: frozenset[Permission]
    named_calls: bool = False
    longest: timedelta | None = None
    partners: bool = False
    calls_an_hour: int = 120
    # Two a minute is more than anybody listens to; a copy of a register takes months so, and is seen on the first day.


ROLES: Final[Mapping[Role, Terms]] = {
    Role.QA: Terms(
        why="listens to masked calls, judges them, and looks through what waits in quarantine",
        may=_WORKS | {_P.REVIEW_READ, _P.COLLECTIONS_READ, _P.COLLECTIONS_WRITE, _P.COUNTS_READ},
        partners=True,
    ),
    Role.TRAINER: Terms(
        why="finds and collects masked calls to learn from",
        may=_WORKS | {_P.COLLECTIONS_READ, _P.COLLECTIONS_WRITE},
        partners=True,
    ),
    Role.SUPERVISOR: Terms(
        why="leads those who call: as QA, and gives calls to the cases of others, whom a customer's number leads there",
        may=_WORKS
        | {
            _P.REVIEW_READ,
            _P.COLLECTIONS_READ,
            _P.COLLECTIONS_WRITE,
            _P.COUNTS_READ,
            _P.CUSTOMERS_FIND,
            _P.CASES_GIVE,
            _P.RECEIPTS_READ,
        },
        partners=True,
    ),
    Role.COMPLAINT_HANDLER: Terms(
        why="answers one complaint, with the calls that it is about",
        may=_WORKS,
        named_calls=True,
    ),
    Role.INVESTIGATOR: Terms(
        why="looks into one suspected misuse, with the calls that it is about (domain.md L10); holds are the officer's",
        may=_WORKS,
        named_calls=True,
    ),
    Role.PRIVACY_OFFICER: Terms(
        why="answers to the persons whose calls these are: requests, originals, holds, what is shown and what is not",
        may=_WORKS
        | {
            _P.REVIEW_READ,
            _P.COLLECTIONS_READ,
            _P.COUNTS_READ,
            _P.WORK_RETRY,
            _P.CALLS_AMEND,
            _P.CUSTOMERS_FIND,
            _P.PROFILES_SET,
            _P.CLEARANCES_READ,
            _P.CLEARANCES_DECIDE,
            _P.ORIGINALS_OPEN,
            _P.CASES_READ,
            _P.CASES_WRITE,
            _P.OBJECTIONS_READ,
            _P.OBJECTIONS_WRITE,
            _P.CASES_GIVE,
            _P.CALLS_ERASE,
            _P.HOLDS_READ,
            _P.HOLDS_PLACE,
            _P.HOLDS_RELEASE,
            _P.RECEIPTS_READ,
            _P.AUDIT_READ,
            _P.PEOPLE_READ,
        },
    ),
    Role.AUDITOR: Terms(
        why="sees what was done and by whom, and no call",
        may=frozenset({_P.AUDIT_READ, _P.RECEIPTS_READ, _P.HOLDS_READ, _P.COUNTS_READ, _P.PEOPLE_READ}),
    ),
    Role.OPERATOR: Terms(
        why="keeps the service running: how far calls have come and what failed, and no call",
        may=frozenset({_P.STATES_READ, _P.STATES_LIST, _P.RECEIPTS_READ, _P.COUNTS_READ, _P.WORK_RETRY}),
    ),
    Role.SUPPORT: Terms(
        why="mends a fault for some hours, with masked calls only (domain.md L4)",
        may=frozenset({_P.STATES_READ, _P.STATES_LIST, _P.MASKED_OPEN}),
        longest=timedelta(days=3),
        calls_an_hour=20,
    ),
    Role.ADMIN: Terms(
        why="lets people in and out; no call. Nobody gives a role to herself on the pages",
        may=frozenset({_P.PEOPLE_READ, _P.PEOPLE_MANAGE}),
    ),
}

CONTENT: Final = frozenset(
    {_P.MASKED_OPEN, _P.MASKED_SEARCH, _P.NOTES_READ, _P.COLLECTIONS_READ, _P.ORIGINALS_OPEN, _P.CUSTOMERS_FIND}
)
# What shows something of a call's inside or of whose it is; auditor, operator and admin have none of it.


def role_of(name: str) -> Role | None:
    """Return the role of this name; None for one that this version does not know: it opens nothing."""
    return Role(name) if name in {each.value for each in Role} else None
