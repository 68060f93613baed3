"""How often and how much, counted over a time: in this process, or on Redis for all processes together.

Counts are no truth: they begin anew with the process, or when Redis is emptied. While Redis is away each process counts
for itself, so a limit is then at most as many times too wide as there are processes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any, Final, TypeVar

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter
from redis import ConnectionPool
from redis.exceptions import RedisError

PREFIX: Final = "vaiti:rates"
# In front of every key on Redis.
_ANSWER_SECONDS: Final = 1
# A push does not wait longer than this for a count.
_AWAY_SECONDS: Final = 10
# How long Redis is not asked again after it did not answer.

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Left:
    """What may still come, and in how many seconds all of it may come again."""

    amount: int
    seconds: int


class _Counted:
    """Both ways of counting on one store of counts."""

    def __init__(self, storage: MemoryStorage | RedisStorage) -> None:
        self.moving = MovingWindowRateLimiter(storage)
        self.fixed = FixedWindowRateLimiter(storage)


class Rates:
    """Counts by name; a name holds slugs only, as it comes onto Redis. Safe to use from several threads."""

    def __init__(
        self, address: str | None = None, *, password: str | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        """`address` is Redis's; without one all is counted here. `now` says when Redis may be asked again."""
        self._here = _Counted(MemoryStorage())
        self._pool = None if address is None else _pool(address, password)
        self._shared = None if address is None or self._pool is None else _Counted(_on_redis(address, self._pool))
        self._now = now
        self._away_until = 0.0

    def take(self, name: str, most: int, *, seconds: int) -> int:
        """Count one more of at most so many in any stretch of so many seconds.

        Returns 0, or in how many seconds there is room again; then nothing was counted.
        """
        item = RateLimitItemPerSecond(most, seconds)
        return self._ask(lambda counted: 0 if counted.moving.hit(item, name) else _wait(counted.moving, item, name))

    def left(self, name: str, most: int, *, seconds: int) -> Left:
        """Tell how much of so much may still come. The time begins with the first that is counted."""
        item = RateLimitItemPerSecond(most, seconds)

        def ask(counted: _Counted) -> Left:
            return Left(counted.fixed.get_window_stats(item, name).remaining, _wait(counted.fixed, item, name))

        return self._ask(ask)

    def add(self, name: str, amount: int, most: int, *, seconds: int) -> None:
        """Count what has come."""
        item = RateLimitItemPerSecond(most, seconds)
        self._ask(lambda counted: counted.fixed.hit(item, name, cost=amount))

    def close(self) -> None:
        """Close every connection."""
        if self._pool is not None:
            self._pool.disconnect()

    def _ask(self, question: Callable[[_Counted], Answer]) -> Answer:
        if self._shared is not None and self._now() >= self._away_until:
            try:
                return question(self._shared)
            except RedisError:
                self._away_until = self._now() + _AWAY_SECONDS
        return question(self._here)


def _wait(limiter: FixedWindowRateLimiter | MovingWindowRateLimiter, item: RateLimitItem, name: str) -> int:
    """Return the seconds until there is room again, at least one."""
    return max(1, ceil(limiter.get_window_stats(item, name).reset_time - time.time()))


def _pool(address: str, password: str | None) -> ConnectionPool:
    given: dict[str, Any] = {} if password is None else {"password": password}
    return ConnectionPool.from_url(
        address, socket_connect_timeout=_ANSWER_SECONDS, socket_timeout=_ANSWER_SECONDS, **given
    )


def _on_redis(address: str, pool: ConnectionPool) -> RedisStorage:
    return RedisStorage(address, connection_pool=pool, key_prefix=PREFIX)
