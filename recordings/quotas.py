"""How much a controller's systems may push: the size and length of a call, calls a minute, bytes a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recordings.controllers import Controller
from recordings.errors import QuotaUsed, TooLarge, TooManyPushes
from storage.rates import Rates

MINUTE, DAY = 60, 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """Counts pushes. Safe to use from several threads."""

    rates: Rates
    most_bytes: int  # of one push, whoever sends it

    def admit(self, controller: Controller, *, stated: int | None) -> Admitted:
        """Count one push; `stated` is how long its sender says that the sound is at least, in bytes.

        Raises TooManyPushes, QuotaUsed, TooLarge before anything of the sound was read.
        """
        limits = controller.limits
        wait = self.rates.take(f"pushes/{controller.slug}", limits.pushes_a_minute, seconds=MINUTE)
        if wait:
            raise TooManyPushes(wait)
        most = min(self.most_bytes, limits.push_bytes or self.most_bytes)
        if stated is not None and stated > most:
            raise TooLarge
        left = self.rates.left(_bytes_of(controller), limits.bytes_a_day, seconds=DAY)
        if left.amount < max(1, stated or 1):
            raise QuotaUsed(left.seconds)
        return Admitted(most=left.amount, again_in=left.seconds)

    def count(self, controller: Controller, size: int) -> None:
        """Count what was stored of it."""
        self.rates.add(_bytes_of(controller), size, controller.limits.bytes_a_day, seconds=DAY)


class Admitted:
    """A push that may come in, and how much of it there was."""

    def __init__(self, *, most: int, again_in: int) -> None:
        """`most` bytes are left of the day; in `again_in` seconds there is room again."""
        self._most = most
        self._again_in = again_in
        self.size = 0

    def measure(self, audio: Iterable[bytes]) -> Iterator[bytes]:
        """Pass the sound on. Raises QuotaUsed when it is more than was left."""
        for chunk in audio:
            self.size += len(chunk)
            if self.size > self._most:
                raise QuotaUsed(self._again_in)
            yield chunk


def _bytes_of(controller: Controller) -> str:
    return f"bytes/{controller.slug}"
