"""`vaiti worker` and `vaiti schedule`: the processes beside `vaiti serve` where work is on Redis (VAITI_QUEUE_URL)."""

# ruff: noqa: PLC0415, FBT002 - the help must not wait for the service; options are parameters
from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.common import Data, Exit, say, stop, told_to_stop

if TYPE_CHECKING:
    from recordings.factory import Vaiti
    from storage.rq_queue import RqQueue

_WEIGHTS = ("light", "speech")


def worker(
    data: Data = None,
    weight: Annotated[
        list[str] | None,
        typer.Option("--weight", help="Do only steps of this weight: light or speech. [default: both]"),
    ] = None,
    count: Annotated[int, typer.Option(min=1, max=64, help="How many processes; one that ends is started again.")] = 1,
    supervised: Annotated[bool, typer.Option("--supervised", hidden=True)] = False,
) -> None:
    """Do the work that waits on Redis until told to stop; the step that runs is finished first."""
    from workers.supervisor import end_with_parent, supervise, vaiti

    weights = tuple(weight or _WEIGHTS)
    if set(weights) - set(_WEIGHTS):
        stop("--weight is light or speech", Exit.USAGE)
    if supervised:
        end_with_parent()
    if count > 1:
        asked = [part for each in weights for part in ("--weight", each)]
        one = vaiti("worker", "--supervised", *asked, *_data(data))
        supervise([one] * count, stop=told_to_stop())
        return
    from redis.exceptions import RedisError

    from storage.rq_queue import Weight
    from workers.rq_worker import work

    with _opened(data) as (service, queue):
        say(f"Vaiti works on: {', '.join(weights)}")
        try:
            work(service, queue, [Weight(each) for each in weights])
        except RedisError:
            stop("Redis (VAITI_QUEUE_URL) does not answer; nothing is lost, start this again", Exit.FAULT)


def schedule(data: Data = None) -> None:
    """Purge, sweep and watch the clock, and give a job to what Redis forgot; of several, one leads."""
    from workers.scheduler import run

    with _opened(data) as (service, queue):
        say("Vaiti minds the clock")
        run(service, queue, stop=told_to_stop())


@contextmanager
def _opened(data: Path | None) -> Iterator[tuple[Vaiti, RqQueue]]:
    from recordings.observability import configure_logging
    from storage.rq_queue import RqQueue
    from workers.clock import SystemClock
    from workers.place import settings_for
    from workers.service import open_vaiti

    configure_logging()
    settings = settings_for(data)
    if settings.queue_address is None:
        stop("VAITI_QUEUE_URL names no Redis: without it `vaiti serve` does all the work itself", Exit.USAGE)
    with closing(open_vaiti(settings, clock=SystemClock())) as vaiti:
        queue = vaiti.queue
        if isinstance(queue, RqQueue):
            yield vaiti, queue


def _data(data: Path | None) -> list[str]:
    return [] if data is None else ["--data", str(data)]
