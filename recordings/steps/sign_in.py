"""A person signs in: password, second factor, the promise, the register to work in; and changes her own secrets.

Reads: accounts, roles. Writes: sessions, attempts, accounts, the audit log, the journal. Next: the pages.

Every attempt is counted before its secret is looked at, by name and by address, in the database: guessing on many lines
or against many processes is one guessing, and without a database nobody comes in. An unknown name is treated as a
known one, in words and in time.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from recordings import passwords, second_factor
from recordings.accounts import normal_name
from recordings.company import Company
from recordings.controllers import Controllers
from recordings.engines import Clock
from recordings.errors import NotAllowed, UnknownController
from recordings.identity import COMMITMENT, FACTOR_LASTS, IDLE, LASTS, Person, digest, new_secret, person_of
from recordings.journal import KeepJournal
from recordings.people_errors import NameInvalid, SignInRefused, TooManyTries
from storage.people import Account, Commitment, Patience, People, Session, SessionId, SignIns, Visit
from storage.ports import AuditLog, KeyStore
from storage.records import AuditEntry, Tag

PEOPLE: Final = ":people"
# Whose key makes the hashes here; no controller's name has a colon.
OF_A_NAME: Final = Patience(
    free=5, pause=timedelta(seconds=30), longest=timedelta(minutes=15), heals=timedelta(hours=1)
)
# Five typing errors are free; who goes on gets some hundred tries a day, and a person waits 15 minutes at most.
OF_AN_ADDRESS: Final = Patience(
    free=50, pause=timedelta(seconds=30), longest=timedelta(minutes=15), heals=timedelta(minutes=2)
)
# Many people share an office's address; right passwords are not counted.


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A session: its secret for the cookie, and whether the second factor is still needed."""

    secret: str
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Opens, changes and closes sessions."""

    people: People
    sign_ins: SignIns
    keys: KeyStore
    audit: AuditLog
    controllers: Controllers
    journal: KeepJournal
    clock: Clock
    company: Company | None = None

    def __call__(self, name: str, password: str, *, address: str, earlier: str | None = None) -> Opened:
        """Open a session by name and password; `earlier` is the cookie that was there, which opens nothing more.

        Raises SignInRefused, TooManyTries, Unavailable.
        """
        keys = self._count(f"name:{_loose(name)}", address)
        account = self._find(name)
        right = passwords.is_right(account.password if account else None, password)
        if account is None or not right or not self._is_local(account):
            if account is not None:
                self._note(account, "sign-in.refused")
            raise SignInRefused
        self._forgive(keys)
        if account.password is not None and passwords.is_outdated(account.password):
            changes = {"password": passwords.keep(password)}
            self.people.change(account.id, changes, audit=self._entry(account, "account.rehashed"))
        return self._open(account, complete=not account.factor_on, instead_of=earlier)

    def count_address(self, address: str) -> Tag:
        """Count an attempt that has no name yet. Raises TooManyTries, Unavailable."""
        return self._count_one(self.keys.tag(PEOPLE, "attempt", f"address:{address}"), OF_AN_ADDRESS)

    def for_company(self, account: Account, *, counted: Tag) -> Opened:
        """Open a session for whom the company vouches for (`company_sign_in`). Raises SignInRefused."""
        if account.subject is None or not self._is_let_in(account):
            raise SignInRefused
        self.sign_ins.forgive(counted, wholly=False)
        return self._open(account, complete=not account.factor_on)

    def with_factor(self, person: Person, code: str, *, address: str) -> Opened:
        """Complete a session by a code of the second factor, or a recovery code. Raises SignInRefused, TooManyTries."""
        account = person.account
        keys = self._count(f"second:{account.id}", address)
        if not self._is_factor(account, code):
            self._note(account, "second-factor.refused")
            raise SignInRefused
        self._forgive(keys)
        return self._open(account, complete=True, instead_of=person.session.digest)

    def with_code(self, name: str, code: str, password: str, *, address: str) -> Opened:
        """Set a password by a one-time code, and open a session. Raises SignInRefused, TooManyTries, PasswordShort."""
        keys = self._count(f"name:{_loose(name)}", address)
        passwords.check(password, name=_loose(name))
        account, kept = self._find(name), passwords.keep(password)
        entry = None if account is None else self._entry(account, "account.password-set")
        if account is None or entry is None or not self._is_local(account):
            raise SignInRefused
        now = self.clock.now()
        if not self.people.use_code(account.id, second_factor.digest_of(code), now=now, password=kept, audit=entry):
            raise SignInRefused
        self._forgive(keys)
        self.journal.note()
        return self._open(account, complete=not account.factor_on)

    def choose(self, person: Person, controller: str) -> Opened:
        """Go to another register: a new session in place of the old. Raises UnknownController without a role there."""
        if controller not in person.controllers:
            raise UnknownController
        return self._follow(person, controller=controller)

    def promise(self, person: Person, *, language: str) -> None:
        """Keep the promise of confidentiality, with its version and language."""
        accepted = Commitment(
            account=person.account.id, version=COMMITMENT, language=language, accepted_at=self.clock.now()
        )
        entry = self._entry(person.account, "commitment.accepted")
        entry = replace(entry, detail={**entry.detail, "version": COMMITMENT, "language": language})
        self.people.accept(accepted, audit=entry)

    def leave(self, person: Person) -> None:
        """Close a session."""
        self.sign_ins.close(person.session.digest, audit=self._entry(person.account, "session.closed"))

    def change_password(self, person: Person, old: str, new: str, *, address: str) -> Opened:
        """Change one's own password: other sessions end, this one is made anew. Raises as signing in does."""
        keys = self._count(f"name:{person.account.name}", address)
        if not passwords.is_right(person.account.password, old):
            self._note(person.account, "password.refused")
            raise SignInRefused
        self._forgive(keys)
        passwords.check(new, name=person.account.name)
        self._write(person, {"password": passwords.keep(new)}, "account.password-changed")
        return self._follow(person)

    def begin_factor(self, person: Person) -> str:
        """Return the secret of a second factor that is not asked for before a code of it has come back."""
        number = person.account.factor
        if person.account.factor_on:  # it goes by the password, and not by asking for another
            raise NotAllowed
        if number is None:
            number = second_factor.new_number()
            entry = self._entry(person.account, "account.second-factor-begun")
            self.people.change(person.account.id, {"factor": number, "factor_on": False}, audit=entry)
        return self._secret(person.account, number)

    def confirm_factor(self, person: Person, code: str, *, address: str) -> tuple[Opened, tuple[str, ...]]:
        """Turn the second factor on; returns a new session and the recovery codes. Raises SignInRefused."""
        keys = self._count(f"second:{person.account.id}", address)
        if person.account.factor_on or not self._is_code(person.account, code):
            raise SignInRefused
        self._forgive(keys)
        codes = second_factor.new_codes()
        kept = tuple(second_factor.digest_of(each) for each in codes)
        self._write(person, {"factor_on": True, "recovery": kept}, "account.second-factor-on")
        return self._follow(person), codes

    def drop_factor(self, person: Person, password: str, *, address: str) -> Opened:
        """Turn the second factor off, with the password. Raises SignInRefused, TooManyTries."""
        keys = self._count(f"name:{person.account.name}", address)
        if not passwords.is_right(person.account.password, password):
            raise SignInRefused
        self._forgive(keys)
        changes = {"factor": None, "factor_on": False, "recovery": ()}
        self._write(person, changes, "account.second-factor-off")
        return self._follow(person)

    def _write(self, person: Person, changes: Mapping[str, object], action: str) -> None:
        """Change an account's own secrets; all its sessions end with that."""
        changes = {**changes, "secrets_at": self.clock.now()}
        self.people.change(person.account.id, changes, audit=self._entry(person.account, action), end=True)
        self.journal.note()

    def _follow(self, person: Person, *, controller: str | None = None) -> Opened:
        """Open a session that follows another, with another secret and the same end."""
        secret = new_secret()
        following = replace(
            person.session,
            id=SessionId(secrets.token_hex(6)),
            digest=digest(secret),
            seen_at=self.clock.now(),
            controller=controller or person.controller,
        )
        entry = self._entry(person.account, "session.followed")
        if following.controller is not None:
            entry = replace(entry, controller=following.controller)
        self.sign_ins.open(following, instead_of=person.session.digest, audit=entry)
        return Opened(secret=secret, complete=following.complete)

    def _open(self, account: Account, *, complete: bool, instead_of: str | None = None) -> Opened:
        now, secret = self.clock.now(), new_secret()
        self.sign_ins.sweep(now=now, idle=IDLE)
        session = Session(
            id=SessionId(secrets.token_hex(6)),
            digest=digest(secret),
            account=account.id,
            opened_at=now,
            seen_at=now,
            ends_at=now + (LASTS if complete else FACTOR_LASTS),
            complete=complete,
        )
        theirs = self._person(account, session).controllers
        session = replace(session, controller=theirs[0] if len(theirs) == 1 else None)
        entry = self._entry(account, "session.opened" if complete else "session.half-opened")
        if self.company is not None:
            by = "company" if account.subject else "break-glass" if self.company.break_glass else "password"
            entry = replace(entry, detail={**entry.detail, "by": by})
        self.sign_ins.open(session, instead_of=instead_of, audit=entry)
        return Opened(secret=secret, complete=complete)

    def _is_let_in(self, account: Account) -> bool:
        """Tell whether she is neither disabled nor without any role: a partner's people are not, when it is over."""
        now = self.clock.now()
        nothing = Session(
            id=SessionId(""), digest="", account=account.id, opened_at=now, seen_at=now, ends_at=now, complete=False
        )
        return account.disabled_at is None and bool(self._person(account, nothing).roles)

    def _is_local(self, account: Account) -> bool:
        """Tell whether she is let in by a password: where the company vouches for people, perhaps one alone is."""
        mine = account.subject is None and (self.company is None or self.company.lets_in(account.name))
        return mine and self._is_let_in(account)

    def _person(self, account: Account, session: Session) -> Person:
        roles = tuple(self.people.roles_of(account.id))
        visit = Visit(session=session, account=account, roles=roles, commitments=())
        return person_of(visit, self.controllers, self.clock.now())

    def _find(self, name: str) -> Account | None:
        try:
            return self.people.find_named(normal_name(name))
        except NameInvalid:
            return None

    def _is_factor(self, account: Account, code: str) -> bool:
        plain = code.replace(" ", "")
        if plain.isdecimal():
            return self._is_code(account, plain)
        entry = self._entry(account, "account.recovery-code-used")
        return self.people.use_recovery(account.id, second_factor.digest_of(code), audit=entry)

    def _is_code(self, account: Account, code: str) -> bool:
        """Tell whether a code is right and was not used before."""
        if account.factor is None:
            return False
        secret = self._secret(account, account.factor)
        step = second_factor.find_step(secret, code.replace(" ", ""), self.clock.now())
        return step is not None and self.people.use_step(account.id, step)

    def _secret(self, account: Account, number: str) -> str:
        return second_factor.secret_of(lambda text: self.keys.tag(PEOPLE, "second-factor", text), account.id, number)

    def _count(self, who: str, address: str) -> tuple[Tag, Tag]:
        """Count an attempt of a name and of an address. Raises TooManyTries, Unavailable."""
        of_address = self.count_address(address)
        return self._count_one(self.keys.tag(PEOPLE, "attempt", who), OF_A_NAME), of_address

    def _count_one(self, key: Tag, patience: Patience) -> Tag:
        now = self.clock.now()
        until = self.sign_ins.attempt(key, patience, now=now)
        if until is not None:
            raise TooManyTries(int((until - now).total_seconds()) + 1)
        return key

    def _forgive(self, keys: tuple[Tag, Tag]) -> None:
        self.sign_ins.forgive(keys[0], wholly=True)
        self.sign_ins.forgive(keys[1], wholly=False)

    def _note(self, account: Account, action: str) -> None:
        self.audit.append(self._entry(account, action))

    def _entry(self, account: Account, action: str) -> AuditEntry:
        detail = {"account": account.id}
        return AuditEntry(at=self.clock.now(), actor=account.actor, action=action, detail=detail)


def _loose(name: str) -> str:
    """Return a name as it is counted, whatever was typed."""
    try:
        return normal_name(name)
    except NameInvalid:
        return ""
