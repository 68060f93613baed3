"""What a slot of the talk is filled with: its entity type and a way to say it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tools.generated_calls import sayings_codes as codes
from tools.generated_calls import sayings_contact as contact
from tools.generated_calls import values
from tools.generated_calls.layouts import joined
from tools.generated_calls.model import Saying, TalkSet
from tools.generated_calls.people import Person, a_person
from tools.generated_calls.places import Address, an_address
from tools.generated_calls.pools import DEVELOPMENT_SECRETS, SECOND_SECRETS
from tools.generated_calls.spoken_numbers import cut, group

NAME_FORMS = {"gen", "par", "all", "abl"}
NAME_PARTS = {"first", "last", "reversed"}
WHERE = {"ade", "all", "abl", "gen"}
_SECRETS = {
    TalkSet.FIRST: contact.SECRET_WORDS,
    TalkSet.DEVELOPMENT: DEVELOPMENT_SECRETS,
    TalkSet.SECOND: SECOND_SECRETS,
}
Filled = tuple[str, Callable[[Random], Saying]]


class Cast:
    """Who and what a call is about; the same person, address and numbers all through it."""

    def __init__(self, rng: Random, which: TalkSet = TalkSet.FIRST) -> None:
        self.customer, self.other, self.agent = (a_person(rng, which) for _ in range(3))
        self.addresses = {slot: an_address(rng, which) for slot in ("address", "street", "new")}
        self.code = values.identity_code(rng)
        self.secrets = _SECRETS[which]
        self._other_code: values.IdentityCode | None = None
        self._values: dict[str, str] = {}

    def other_code(self, rng: Random) -> values.IdentityCode:
        """Return the identity code of the other person, drawn when it is first asked for."""
        self._other_code = self._other_code or values.identity_code(rng)
        return self._other_code

    def value(self, slot: str, rng: Random) -> str:
        """Return the call's value for a slot, drawn when it is first asked for."""
        if slot not in self._values:
            self._values[slot] = _VALUES[slot](rng)
        return self._values[slot]


def fill(slot: str, cast: Cast, rng: Random) -> Filled:
    """Return the entity type and how to say it; the saying is made anew each time it is said."""
    head, _, form = slot.partition(".")
    if head in {"name", "other", "agent", "spelled"}:
        return _name(head, form, cast)
    if head in {"address", "street", "new", "postal"}:
        return _place(head, form, cast)
    if head in _FROM_CAST:
        type_, say = _FROM_CAST[head + (f".{form}" if form else "")]
        return type_, lambda again: say(cast, again)
    type_, say_value = _NUMBERS[head]
    value = cast.value(head, rng)
    return type_, lambda again: say_value(value, again)


def _name(head: str, form: str, cast: Cast) -> Filled:
    if head == "spelled":
        return "PERSON", lambda rng: contact.spelled_name(cast.customer, rng)
    if head == "agent":
        which = "full" if form == "full" else "first"
        return "AGENT_NAME", lambda _rng: contact.person_name(cast.agent, which, "nom")
    person: Person = cast.customer if head == "name" else cast.other
    parts = form.split(".")
    case = parts[-1] if parts[-1] in NAME_FORMS else "nom"
    which = parts[0] if parts[0] in NAME_PARTS else "full"
    return "PERSON", lambda _rng: contact.person_name(person, which, case)


def _place(head: str, form: str, cast: Cast) -> Filled:
    if head == "postal":
        return "POSTAL_CODE", lambda rng: contact.postal(cast.addresses["address"], rng)
    address: Address = cast.addresses[head]
    case = form if form in WHERE else "nom"
    if head == "street":
        return "STREET_ADDRESS", lambda _rng: contact.bare_street(address, case)
    return "STREET_ADDRESS", lambda rng: contact.street(address, case, rng)


def _cvc(text: str, rng: Random) -> Saying:
    said = group(text, rng.choice(("digit by digit", "triples")), rng, casual=True)
    return Saying(chunks=(said,), form="security code", layouts=(joined,))


def _expiry(text: str, rng: Random) -> Saying:
    said = tuple(token for part in cut(text, (2,)) for token in group(part, "pairs", rng, casual=True))
    return Saying(chunks=(said,), form="expiry", layouts=(lambda digits: f"{digits[:2]}/{digits[2:]}",))


_VALUES: dict[str, Callable[[Random], str]] = {
    "iban": values.iban,
    "iban2": values.iban,
    "bban": values.old_account,
    "card": lambda rng: rng.choice(values.CARDS),
    "cvc": lambda rng: f"{rng.randrange(1000):03d}",
    "expiry": lambda rng: f"{rng.randrange(1, 13):02d}{rng.randrange(27, 33)}",
    "phone": values.phone,
    "phone2": values.phone,
    "customer": lambda rng: values.short_number(rng, 5, 9),
    "customer2": lambda rng: values.short_number(rng, 5, 9),
    "contract": lambda rng: values.short_number(rng, 6, 10),
    "connection": lambda rng: values.short_number(rng, 5, 8),
    "gsrn": values.metering_point,
    "metering_short": lambda rng: values.short_number(rng, 5, 9),
    "reference": values.reference,
    "rf": values.rf_reference,
    "business": values.business_id,
    "vat": lambda rng: "FI" + values.business_id(rng).replace("-", ""),
    "property": values.property_id,
    "plate": values.plate,
    "passport": values.passport,
    "idcard": values.passport,
    "ip": values.ip_address,
    "door": lambda rng: values.short_number(rng, 4, 5),
    "pin": lambda rng: values.short_number(rng, 4, 4),
}
_NUMBERS: dict[str, tuple[str, Callable[[str, Random], Saying]]] = {
    "iban": ("IBAN_CODE", codes.iban),
    "iban2": ("IBAN_CODE", codes.iban),
    "bban": ("FI_ACCOUNT_NUMBER", codes.lined),
    "card": ("CREDIT_CARD", codes.card),
    "cvc": ("CREDIT_CARD", _cvc),
    "expiry": ("CREDIT_CARD", _expiry),
    "phone": ("PHONE_NUMBER", contact.phone),
    "phone2": ("PHONE_NUMBER", contact.phone),
    "customer": ("CUSTOMER_NUMBER", codes.digits),
    "customer2": ("CUSTOMER_NUMBER", codes.digits),
    "contract": ("CONTRACT_NUMBER", codes.digits),
    "connection": ("CONNECTION_NUMBER", codes.digits),
    "gsrn": ("METERING_POINT_ID", codes.digits),
    "metering_short": ("METERING_POINT_ID", codes.digits),
    "reference": ("REFERENCE_NUMBER", codes.digits),
    "rf": ("RF_REFERENCE", codes.lettered),
    "business": ("FI_BUSINESS_ID", codes.lined),
    "vat": ("VAT_ID", codes.lettered),
    "property": ("FI_PROPERTY_ID", codes.lined),
    "plate": ("LICENSE_PLATE", codes.lettered),
    "passport": ("PASSPORT", codes.lettered),
    "idcard": ("FI_IDENTITY_CARD", codes.lettered),
    "ip": ("IP_ADDRESS", contact.ip_address),
    "door": ("SECRET", codes.digits),
    "pin": ("SECRET", codes.digits),
}
_FROM_CAST: dict[str, tuple[str, Callable[[Cast, Random], Saying]]] = {
    "hetu": ("FI_PERSONAL_IDENTITY_CODE", lambda cast, rng: codes.identity_code(cast.code, rng)),
    "hetu.other": ("FI_PERSONAL_IDENTITY_CODE", lambda cast, rng: codes.identity_code(cast.other_code(rng), rng)),
    "hetu.end": ("FI_PERSONAL_IDENTITY_CODE", lambda cast, rng: codes.code_end(cast.code[0], rng)),
    "licence": ("DRIVING_LICENCE", lambda cast, rng: codes.identity_code(cast.code, rng)),
    "birth": ("DATE_OF_BIRTH", lambda cast, rng: contact.birth(cast.code[1:], rng)),
    "birth.other": ("DATE_OF_BIRTH", lambda cast, rng: contact.birth(cast.other_code(rng)[1:], rng)),
    "age.other": ("AGE", lambda cast, rng: contact.age(max(18, 2026 - cast.other_code(rng)[3]), rng)),
    "age": ("AGE", lambda cast, rng: contact.age(max(18, 2026 - cast.code[3]), rng)),
    "email": ("EMAIL_ADDRESS", lambda cast, rng: contact.email(cast.customer, rng)),
    "email.other": ("EMAIL_ADDRESS", lambda cast, rng: contact.email(cast.other, rng)),
    "letters": ("PERSON", lambda cast, rng: contact.spelled_alone(cast.customer, "last", rng)),
    "letters.first": ("PERSON", lambda cast, rng: contact.spelled_alone(cast.customer, "first", rng)),
    "username": ("USERNAME", lambda cast, rng: contact.username(cast.customer, rng)),
    "secret": ("SECRET", lambda cast, rng: contact.secret(cast.secrets, rng)),
    "coordinates": ("COORDINATES", lambda _cast, rng: contact.coordinates(rng)),
}
