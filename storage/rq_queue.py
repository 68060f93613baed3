"""The queue of the distributed form: RQ on Redis. It carries hints and nothing else; losing all of it loses no call.

A job holds one ticket: an opaque id with its end of life, signed, so that who can write to Redis cannot even choose
which recording is worked on. Everything else that RQ offers is refused where it is read: a function that is not ours,
callbacks, webhooks (they would be code and addresses from Redis). Retries and schedules are the database's.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Final, cast

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue, Worker
from rq.job import Job
from rq.serializers import JSONSerializer

from storage.errors import Tampered
from storage.records import Recording, RecordingId
from storage.work import WEIGHTS, Weight

__all__ = ["FUNCTION", "AllowedJob", "RqQueue", "Weight", "connect"]

FUNCTION: Final = "workers.jobs.work"
# The one function that a job may name.
TICKET_LIFE: Final = timedelta(days=1)
_FAILED_SECONDS: Final = 86_400
_SECONDS: Final = 2
# Redis is on this machine or beside it; RQ's workers wait longer where they wait for a job, and say so themselves.
_SILENT_FOR: Final = 5.0
# Seconds in which nobody is hinted at after Redis did not answer: a push must not wait for it call by call.
_SHORTEST: Final = 600
_PER_SECOND: Final = 4
# A step may take this many seconds, and so many more for each second of the call, before it is taken for stuck.


def connect(address: str, *, password: str | None = None) -> Redis:
    """Return connections to Redis, none open yet. Raises ValueError for an address that is none."""
    given = {} if password is None else {"password": password}
    return Redis.from_url(
        address,
        socket_connect_timeout=_SECONDS,
        socket_timeout=_SECONDS,
        retry=Retry(NoBackoff(), 1),  # once, for a connection that was closed meanwhile; the client's own takes 30 s
        health_check_interval=30,
        **given,
    )


def is_there(connection: Redis) -> bool:
    """Tell whether Redis answers."""
    try:
        return bool(connection.ping())
    except RedisError:
        return False


class AllowedJob(Job):
    """A job that can only be ours, whatever stands in Redis."""

    @property
    def func(self) -> Callable[..., Any]:
        """Return our function. Raises PermissionError for any other."""
        if self.func_name != FUNCTION or self.instance:
            raise PermissionError("a job that is not ours")
        return cast("Callable[..., Any]", super().func)

    def restore(self, raw_data: Any) -> Any:
        """Read what Redis holds, but for what would run code or call an address."""
        allowed = {"data", "created_at", "origin", "enqueued_at", "status", "timeout", "result_ttl", "failure_ttl"}
        return super().restore({name: value for name, value in raw_data.items() if _text(name) in allowed})


class RqQueue:
    """A JobQueue on Redis. Safe to use from several threads and processes."""

    def __init__(
        self, connection: Redis, *, sign: Callable[[str], str], now: Callable[[], datetime], longest: int
    ) -> None:
        """`sign` makes a keyed hash that is the same in every process; `longest` call, in seconds, that is taken."""
        self.connection = connection
        self._longest = longest
        self._sign = sign
        self._now = now
        self._silent_until = 0.0

    def queue(self, weight: Weight) -> Queue:
        """Return RQ's queue of one weight."""
        return Queue(f"vaiti-{weight}", connection=self.connection, serializer=JSONSerializer, job_class=AllowedJob)

    def hint(self, recording: Recording, *, first: bool = False) -> None:
        """Say that this recording has work, `first` before all others. A Redis that does not answer is no error."""
        if monotonic() < self._silent_until:
            return
        length = self._longest if recording.seconds is None else int(recording.seconds)  # known once it was heard
        try:
            self.queue(WEIGHTS.get(recording.stage, Weight.LIGHT)).enqueue_call(
                FUNCTION,
                args=[self.ticket(recording.id)],
                job_id=f"{recording.id}-{secrets.token_hex(8)}",
                timeout=_SHORTEST + _PER_SECOND * length,
                description="work",
                result_ttl=0,
                failure_ttl=_FAILED_SECONDS,
                at_front=first,
            )
        except RedisError:
            self._silent_until = monotonic() + _SILENT_FOR
        else:
            self._silent_until = 0.0

    def waiting(self) -> frozenset[RecordingId] | None:
        """Return which recordings have a job that nobody has taken; None when Redis does not answer."""
        try:
            jobs = [job for weight in Weight for job in self.queue(weight).get_job_ids()]
        except RedisError:
            return None
        self._silent_until = 0.0
        return frozenset(map(_recording_of, jobs))

    def forget(self, recordings: Collection[RecordingId]) -> None:
        """Delete every job for these, waiting or failed. What a Redis that is away still holds dies within a day."""
        gone = frozenset(recordings)
        with suppress(RedisError):
            for weight in Weight:
                queue = self.queue(weight)
                for job in (*queue.get_job_ids(), *queue.failed_job_registry.get_job_ids()):
                    if _recording_of(job) in gone:
                        queue.failed_job_registry.remove(job)
                        _delete(queue, job)

    def workers(self) -> Mapping[Weight, int] | None:
        """Return how many living processes take jobs of each weight; None when Redis does not answer."""
        try:
            return {weight: len(Worker.all(queue=self.queue(weight))) for weight in Weight}
        except RedisError:
            return None

    def answers(self) -> bool:
        """Tell whether Redis answers."""
        return is_there(self.connection)

    def ticket(self, recording: RecordingId) -> str:
        """Return what a job holds."""
        order = f"{recording}.{int((self._now() + TICKET_LIFE).timestamp())}"
        return f"{order}.{self._sign(order)}"

    def read(self, ticket: str) -> RecordingId:
        """Return whom a ticket is for. Raises Tampered when we did not make it, or when it is too old."""
        order, _, signature = ticket.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(order).encode()):
            raise Tampered("a job's ticket was not made here")
        recording, _, end = order.partition(".")
        if int(end) < self._now().timestamp():
            raise Tampered("a job's ticket is too old")
        return RecordingId(recording)

    def close(self) -> None:
        """Close the connections."""
        self.connection.close()


def _recording_of(job: str) -> RecordingId:
    return RecordingId(job.partition("-")[0])


def _delete(queue: Queue, job: str) -> None:
    found = queue.fetch_job(job)
    if found is not None:
        found.delete()


def _text(name: bytes | str) -> str:
    return name.decode() if isinstance(name, bytes) else name
