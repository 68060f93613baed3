"""What lets people in, over the stores."""

from __future__ import annotations

from recordings.opened import Stores
from recordings.steps.company_sign_in import CompanySignIn
from recordings.steps.forget_audit import ForgetAudit
from recordings.steps.people import KeepPeople
from recordings.steps.sign_in import SignIn
from recordings.watch import Watch


class ForAdministrators(Stores):
    """The part of the service for accounts, roles and sessions."""

    @property
    def keep_people(self) -> KeepPeople:
        """Makes and ends accounts and roles: `keep_people.grant(account, role, actor=...)`."""
        return KeepPeople(
            people=self.people,
            sign_ins=self.sign_ins,
            searches=self.saved_searches,
            controllers=self.controllers,
            journal=self.journal,
            clock=self.clock,
        )

    @property
    def forget_audit(self) -> ForgetAudit:
        """Forgets what the audit log says of calls that are gone, in its time: `forget_audit()`."""
        return ForgetAudit(audit=self.audit, controllers=self.controllers, journal=self.journal, clock=self.clock)

    @property
    def watch(self) -> Watch:
        """Keeps what was refused, and counts the calls that a person opens."""
        return Watch(rates=self.rates, audit=self.audit, clock=self.clock)

    @property
    def company_sign_in(self) -> CompanySignIn | None:
        """Lets in whom the company vouches for, by a file that `VAITI_COMPANY_SIGN_IN` names; None without one."""
        if self.provider is None:
            return None
        return CompanySignIn(
            provider=self.provider,
            people=self.people,
            keys=self.keys,
            audit=self.audit,
            controllers=self.controllers,
            journal=self.journal,
            clock=self.clock,
        )

    @property
    def sign_in(self) -> SignIn:
        """Opens sessions: `sign_in(name, password, address=...)`."""
        return SignIn(
            people=self.people,
            sign_ins=self.sign_ins,
            keys=self.keys,
            audit=self.audit,
            controllers=self.controllers,
            journal=self.journal,
            clock=self.clock,
            company=self.provider.company if self.provider else None,
        )
