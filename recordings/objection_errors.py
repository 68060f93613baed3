"""What can go wrong with an objection, by slug; as in `recordings.errors`."""

from __future__ import annotations

from recordings.errors import Refused


class NoPeriodForObjections(Refused):
    """The controllers file does not say how long objections are kept: `objections = "P10Y"` in the controller's table.

    Heed the objection in your own systems meanwhile.
    """

    slug = "no-period-for-objections"


class ObjectionEnded(Refused):
    """The person took this objection back already."""

    slug = "objection-ended"
