"""Is this process of a container alive? Cheap enough to be asked every minute: no store is opened, little is loaded."""

# ruff: noqa: PLC0415 - each question loads what it needs and no more
from __future__ import annotations

import socket
from contextlib import closing
from enum import StrEnum
from typing import TYPE_CHECKING

from recordings.errors import VaitiError

if TYPE_CHECKING:
    from recordings.settings import Settings


class NotAlive(VaitiError):
    """It is not here, or has not said for a while that it lives."""

    slug = "not-alive"


class Process(StrEnum):
    """What may be asked about."""

    SERVE = "serve"
    WORKER = "worker"
    SCHEDULE = "schedule"


def check_alive(process: Process, settings: Settings) -> None:
    """Return when the process lives. Raises NotAlive, and NoService for a service that does not answer."""
    alive = {Process.SERVE: _answers, Process.WORKER: _has_worker, Process.SCHEDULE: _is_led}[process]
    if not alive(settings):
        raise NotAlive


def _answers(settings: Settings) -> bool:
    from workers.client import client_of

    with client_of(settings) as client:
        client.hears_for_trying_only()
    return True


def _is_led(settings: Settings) -> bool:
    from workers.scheduler import is_led

    return settings.data.exists() and is_led(settings.data)


def _has_worker(settings: Settings) -> bool:
    """Ask Redis whether a worker of this machine has said lately that it lives; a container is a machine of its own."""
    from redis.exceptions import RedisError
    from rq import Worker

    from storage.rq_queue import connect

    if settings.queue_address is None:
        return False
    with closing(connect(settings.queue_address, password=settings.read_queue_password())) as redis:
        try:
            return any(each.hostname == socket.gethostname() for each in Worker.all(connection=redis))
        except RedisError:
            return False
