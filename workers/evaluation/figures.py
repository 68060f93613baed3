"""The figures that the project has set itself, each a choice of items or a sum, with its targets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workers.evaluation.labelled import Item

INTRODUCED = frozenset({"asked", "cued"})
ACCOUNTS = frozenset({"FI_PERSONAL_IDENTITY_CODE", "IBAN_CODE", "FI_ACCOUNT_NUMBER", "CREDIT_CARD"})
CONTACTS = frozenset({"PHONE_NUMBER", "METERING_POINT_ID", "CUSTOMER_NUMBER", "CONTRACT_NUMBER", "EMAIL_ADDRESS"})
PLACES = frozenset({"STREET_ADDRESS", "POSTAL_CODE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A share of items that must be found: `clear` with no recognizer errors, `hard` with errors in a tenth."""

    name: str
    chooses: Callable[[Item], bool]
    clear: float | None = None
    hard: float | None = None


def _named(item: Item, how: frozenset[str], *tags: str) -> bool:
    return item.type == "PERSON" and bool(how & set(item.tags)) and set(tags) <= set(item.tags)


BARE = frozenset({"bare"})
FIGURES = (
    Figure(
        name="identity codes, accounts, cards",
        chooses=lambda item: item.type in ACCOUNTS,
        clear=0.995,
        hard=0.98,
    ),
    Figure(
        name="phones, metering points, customer and contract numbers, e-mails",
        chooses=lambda item: item.type in CONTACTS,
        clear=0.98,
        hard=0.95,
    ),
    Figure(
        name="names introduced by a cue or a question",
        chooses=lambda item: _named(item, INTRODUCED),
        clear=0.95,
        hard=0.88,
    ),
    Figure(name="listed names without a cue", chooses=lambda item: _named(item, BARE, "listed"), clear=0.9),
    Figure(name="unlisted names without a cue", chooses=lambda item: _named(item, BARE, "unlisted")),
    Figure(name="addresses", chooses=lambda item: item.type in PLACES, clear=0.95, hard=0.88),
    Figure(name="secrets", chooses=lambda item: item.type == "SECRET", clear=0.95),
    Figure(name="everything", chooses=lambda item: bool(item.type)),
)
MOST_FALSE_PER_1000 = 8.0
MOST_AUDIBLE, MOST_AUDIBLE_JITTERED = 0.005, 0.02
MOST_OVER_SECONDS, MOST_HARMLESS_CUT = 0.8, 0.02
MOST_QUARANTINED, MOST_QUARANTINED_MONO = 0.03, 0.05
