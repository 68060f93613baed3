"""The embedded service: API and pages, one worker and the clock's duties, in one process.

The worker is a thread beside the API (docs/adr/0004): one thing to start, one to stop. Stopping is clean: no new work
is taken, and the step that runs is finished. Not stopping cleanly is harmless too (workers/worker.py).
"""

from __future__ import annotations

import socket
from threading import Event, Thread
from typing import Any, Self

import uvicorn

from recordings.api.app import create_app
from recordings.engines import Clock
from recordings.factory import Engines, Vaiti
from recordings.observability import UVICORN_LOGGING
from recordings.settings import Settings
from workers.engines.build import detector_builder, transcriber_builder
from workers.engines.codec import AvCodec
from workers.engines.tone import SineTone
from workers.schedule import Schedule
from workers.worker import Worker

STOP_SECONDS = 60.0
# How long a step may still run when the service is told to stop; after that its lease decides.


def open_vaiti(settings: Settings, *, clock: Clock) -> Vaiti:
    """Open the stores with engines that are built at their first use. Raises SettingsWrong, KeysUnusable."""
    engines = Engines(
        codec=AvCodec(longest_seconds=settings.max_call_seconds),
        transcriber=transcriber_builder(settings.speech_model, models=settings.models),
        detector=detector_builder(language=settings.language, own=settings.recognizers),
        tone=SineTone(),
    )
    return Vaiti.open(settings, clock=clock, engines=engines)


class Service:
    """A running service. `port` is the one that was free when 0 was asked for."""

    def __init__(self, vaiti: Vaiti) -> None:
        """Take the address at once, so that a port in use is told before anything else is done. Raises OSError."""
        self._vaiti = vaiti
        self._stop = Event()
        self._socket = socket.create_server((vaiti.settings.host, vaiti.settings.port))
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            create_app(vaiti), log_config=UVICORN_LOGGING, access_log=False, server_header=False, lifespan="on"
        )
        self._server = uvicorn.Server(config)
        worker = Worker(vaiti, name="embedded", stop=self._stop)
        schedule = Schedule(vaiti, stop=self._stop)
        self._threads = [
            Thread(target=worker.run, name="worker", daemon=True),
            Thread(target=schedule.run, name="schedule", daemon=True),
        ]

    def run(self) -> None:
        """Serve in this thread until the process is told to stop."""
        for thread in self._threads:
            thread.start()
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self._end()

    def __enter__(self) -> Self:
        """Serve in a thread."""
        serving: Any = Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, name="api", daemon=True)
        self._threads.append(serving)
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving and wait for the step that runs."""
        self._server.should_exit = True
        self._end()

    def _end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(STOP_SECONDS)
        self._socket.close()
