"""What can go wrong with a case, by slug; as in `recordings.errors`."""

from __future__ import annotations

from recordings.errors import Refused


class NoPeriodForCases(Refused):
    """The controllers file does not say how long cases are kept: `cases = "P2Y"` in the controller's table."""

    slug = "no-period-for-cases"


class IdentityNeeded(Refused):
    """It is not known yet who asks: note how the person was identified first."""

    slug = "identity-needed"


class CaseDiffers(Refused):
    """The case is closed, was changed meanwhile, or is of another kind."""

    slug = "case-differs"


class AssertionRefused(Refused):
    """The portal's word does not count: signed by no key of the controllers file, for another register, or too old."""

    slug = "assertion-refused"


class IdentityCodeSent(Refused):
    """What was sent holds an identity code: there is no need for one anywhere. Nothing was kept; send it without."""

    slug = "identity-code-sent"


class NotReleased(Refused):
    """A privacy officer has not let these copies go yet: ask again later."""

    slug = "not-released"


class PackNeeded(Refused):
    """The person's copies have not been made: `vaiti case pack`, or say that they were given otherwise."""

    slug = "pack-needed"


class LinkEnded(Refused):
    """This link works no more: it was used, is too old, or had too many wrong codes. Ask the company for another."""

    slug = "link-ended"


class CodeWrong(Refused):
    """This is not the code of this link. After five tries the link ends."""

    slug = "code-wrong"


class ConfirmationNeeded(Refused):
    """Some calls rest on a number of a household or a company, or only speak of the person: say yes or no to each.

    `vaiti person show` lists them.
    """

    slug = "confirmation-needed"


class TooLateToExtend(Refused):
    """A case is extended once, and before the first month is over."""

    slug = "too-late-to-extend"


class NothingWaits(Refused):
    """A receiver is told of what has happened to the calls since it was told last: nothing has."""

    slug = "nothing-waits"


class NothingToTell(Refused):
    """A letter is written of a case that was refused, has lapsed, or was extended and is open."""

    slug = "nothing-to-tell"
