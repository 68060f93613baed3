"""`vaiti serve` and `vaiti demo`: the service on this machine."""

# ruff: noqa: PLC0415, FBT002 - the help must not wait for the service; options are parameters
from __future__ import annotations

import errno
import signal
from contextlib import suppress
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from workers.cli.common import Data, Exit, note, say, stop


def serve(
    data: Data = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; 0 takes one that is free.")] = None,
    recognizers: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="Recognizers of your own, as presidio's YAML. [default: VAITI_RECOGNIZERS]",
        ),
    ] = None,
) -> None:
    """Run the service and its page on this machine until it is told to stop."""
    from recordings.observability import configure_logging
    from workers.clock import SystemClock
    from workers.demo.people import how_to_sign_in
    from workers.engines.model_folder import TRYING_ONLY
    from workers.place import settings_for
    from workers.recognizers import read_recognizers
    from workers.service import Service, open_vaiti

    given = {"port": port, "recognizers": recognizers}
    settings = settings_for(data, **{name: value for name, value in given.items() if value is not None})
    read_recognizers(settings.recognizers, settings.language)  # told now, not at the first call
    configure_logging()
    vaiti = open_vaiti(settings, clock=SystemClock())
    try:
        service = Service(vaiti)
    except OSError as error:
        vaiti.close()
        if error.errno == errno.EADDRINUSE:
            taken = f"port {settings.port} is taken: stop what listens there, or give --port"
            stop(taken, Exit.FAULT, slug="port-taken")
        stop(f"{settings.host} is no address of this machine (VAITI_HOST)", Exit.FAULT, slug="settings-wrong")
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(f"Vaiti listens at {'https' if settings.has_tls else 'http'}://{host}:{service.port}/")
    demo_accounts = how_to_sign_in(settings.data)
    for line in demo_accounts:
        say(line)
    if not demo_accounts:
        say(f"The token of this machine, for commands and for the first account, is in {settings.token_path}")
    if settings.public_names:
        names = ", ".join(sorted(settings.public_names))
        say(f"Under {names} people with accounts (`vaiti users`) and API keys (`vaiti api-keys`) are let in.")
    if settings.for_trying_only:
        note(TRYING_ONLY)
    if settings.queue_address is not None:
        note("Calls are worked on by `vaiti worker`, and deleted by `vaiti schedule`: let both run.")
    # uvicorn hands a signal back when it has stopped; as SystemExit it lets the worker finish its step first
    signal.signal(signal.SIGTERM, _leave)
    with suppress(KeyboardInterrupt):
        service.run()
    vaiti.close()


def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Made afresh; wiped only if a demo made it.")] = Path(
        "vaiti-demo"
    ),
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave the calls there for `vaiti serve`; do not move the clock.")
    ] = False,
) -> None:
    """Take six made-up calls the whole way: push, mask, search, answer, delete, prove."""
    from workers.demo.story import tell

    raise SystemExit(tell(folder, keep=keep))


def _leave(*_: object) -> NoReturn:
    raise SystemExit(0)
