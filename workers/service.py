"""The embedded service: API and pages, one worker and the clock's duties, in one process.

The worker is a thread beside the API (docs/adr/0004): one thing to start, one to stop. Stopping is clean: no new work
is taken, and the step that runs is finished. Not stopping cleanly is harmless too (workers/worker.py).
"""

from __future__ import annotations

import socket
import ssl
from threading import Event, Thread
from typing import Any, Self

import uvicorn

from recordings.api.app import create_app
from recordings.engines import Clock
from recordings.errors import SettingsWrong
from recordings.factory import Engines, Vaiti
from recordings.observability import LIBRARY_LOGGING
from recordings.settings import Settings
from storage.embedded_queue import EmbeddedQueue
from workers.engines.build import detector_builder, transcriber_builder
from workers.engines.fenced import FencedCodec
from workers.engines.legs import LegsCodec
from workers.engines.tone import SineTone
from workers.listening import PromptProtocol
from workers.schedule import Schedule
from workers.worker import Worker

STOP_SECONDS = 60.0
# How long a step may still run when the service is told to stop; after that its lease decides.


def open_vaiti(settings: Settings, *, clock: Clock) -> Vaiti:
    """Open the stores with engines that are built at their first use. Raises SettingsWrong, KeysUnusable."""
    engines = Engines(
        codec=LegsCodec(
            FencedCodec(longest_seconds=settings.max_call_seconds), longest_seconds=settings.max_call_seconds
        ),
        transcriber=transcriber_builder(settings.speech_model, models=settings.models, device=settings.speech_device),
        detector=detector_builder(language=settings.language, own=settings.recognizers),
        tone=SineTone(),
    )
    return Vaiti.open(settings, clock=clock, engines=engines)


def check_tls(settings: Settings) -> bool:
    """Tell that certificate and key can be served. Raises SettingsWrong where uvicorn would ask for a password."""
    settings.read_tls_key()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(str(settings.tls_certificate_file), str(settings.tls_key_file), password=lambda: "")
    except (OSError, ValueError):  # an SSLError is an OSError
        raise SettingsWrong(
            "VAITI_TLS_CERTIFICATE_FILE and VAITI_TLS_KEY_FILE: a certificate (with its chain) and the key that "
            "belongs to it, without a password, as PEM."
        ) from None
    return True


def _listen(host: str, port: int) -> socket.socket:
    """Take an address; "::" takes those of IPv4 too. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, dualstack_ipv6=host == "::")


class Service:
    """A running service. `port` is the one that was free when 0 was asked for."""

    def __init__(self, vaiti: Vaiti) -> None:
        """Take the address at once, so that a port in use is told before anything else is done.

        Raises OSError, SettingsWrong.
        """
        self._vaiti = vaiti
        self._stop = Event()
        tls = vaiti.settings.has_tls and check_tls(vaiti.settings)
        self._socket = _listen(vaiti.settings.host, vaiti.settings.port)
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            create_app(vaiti),
            http=PromptProtocol,
            log_config=LIBRARY_LOGGING,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # who calls is told by a key, never by an address
            lifespan="on",
            ssl_certfile=vaiti.settings.tls_certificate_file if tls else None,
            ssl_keyfile=vaiti.settings.tls_key_file if tls else None,
        )
        self._server = uvicorn.Server(config)
        self._threads = self._embedded(vaiti.queue) if isinstance(vaiti.queue, EmbeddedQueue) else []

    def _embedded(self, queue: EmbeddedQueue) -> list[Thread]:
        """Make the threads that do the work, and the clock's duties, where no other process does."""
        worker = Worker(self._vaiti, name="embedded", stop=self._stop)

        def work() -> None:
            with queue.attended():
                worker.run(queue.wait)

        schedule = Schedule(self._vaiti, stop=self._stop)
        return [
            Thread(target=work, name="worker", daemon=True),
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
