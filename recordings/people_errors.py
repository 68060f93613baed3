"""What can go wrong with accounts, roles and signing in, by slug; as in `recordings.errors`."""

from __future__ import annotations

from recordings.errors import ComeLater, Refused, VaitiError


class SignInRefused(VaitiError):
    """Name, password or code is wrong, or this account is not let in any more."""

    slug = "sign-in-refused"


class TooManyTries(ComeLater):
    """Somebody has tried too often: wait a little."""

    slug = "too-many-tries"


class CommitmentNeeded(VaitiError):
    """First the promise to keep what is seen and heard: accept it on the page `/commitment`."""

    slug = "commitment-needed"


class ControllerNeeded(VaitiError):
    """First choose in whose register you work: on the page `/controllers`."""

    slug = "controller-needed"


class PasswordShort(Refused):
    """A password has 15 to 128 characters: four words are easy to keep in mind."""

    slug = "password-short"


class PasswordCommon(Refused):
    """This password is one of those that are tried first: choose words that do not belong together."""

    slug = "password-common"


class NameInvalid(Refused):
    """A name to sign in with is 1 to 128 characters on one line."""

    slug = "name-invalid"


class NameTaken(Refused):
    """Somebody else has, or had, this name: choose another."""

    slug = "name-taken"


class UnknownAccount(Refused):
    """There is no account of this name or id: `vaiti users list`."""

    slug = "unknown-account"


class UnknownRole(Refused):
    """There is no such role, or not there: `vaiti users list` shows who has which."""

    slug = "unknown-role"


class UnknownPartner(Refused):
    """The controllers file names no such partner of this controller, or its agreement has ended."""

    slug = "unknown-partner"


class RoleTermsWrong(Refused):
    """This role is given in another way: complaint-handler and investigator for a case, support with an end within
    three days, and a partner's people are QA, trainer or supervisor.
    """

    slug = "role-terms-wrong"


class OwnRole(Refused):
    """Nobody gives a role to herself, nor takes her own last way in: ask somebody else."""

    slug = "own-role"


class WorksElsewhere(Refused):
    """This person has roles that you do not answer for: take away those in your register instead."""

    slug = "works-elsewhere"


class CompanyRefused(VaitiError):
    """The company's sign-in did not vouch for anybody: begin again on the page `/sign-in`."""

    slug = "company-refused"


class CompanyAway(VaitiError):
    """The company's sign-in does not answer, or not as it should: try again in some minutes, or ask who runs it."""

    slug = "company-away"


class CompanyGivesNothing(VaitiError):
    """The company's sign-in knows you, and no group of yours has a role here: ask who looks after the groups."""

    slug = "company-gives-nothing"


class SignsInElsewhere(Refused):
    """This person signs in with the company's account: passwords and roles by group are changed there."""

    slug = "signs-in-elsewhere"


class TooManyOpened(ComeLater):
    """You have opened as many calls as your role opens in an hour: go on later, or ask the privacy officer."""

    slug = "too-many-opened"
