"""`vaiti` with played engines: `python -m tests.faults.played serve`. Stores and steps are the real ones.

What it "hears" is a code and a filler, in every call: a copy that shows the code was not masked.
"""

from functools import partial

from recordings.engines import Clock
from recordings.factory import Engines, Vaiti
from recordings.settings import Settings
from redaction.model import Word
from tests.integration.fakes import DigitDetector, Playback, SquareTone, WavCodec, said
from workers import main, service, supervisor

CODE = "131052-308T"
WORD = "energiayhtiöstä"


def spoken() -> list[Word]:
    """What every call says."""
    return [*said(f"{WORD} hei"), *said(f"tunnus on {CODE} kiitos", start=1.5, channel=1)]


def open_played(settings: Settings, *, clock: Clock) -> Vaiti:
    """Open the stores as `vaiti` does, with engines that cost nothing."""
    engines = Engines(
        codec=WavCodec(), transcriber=partial(Playback, spoken()), detector=DigitDetector, tone=SquareTone()
    )
    return Vaiti.open(settings, clock=clock, engines=engines)


if __name__ == "__main__":
    service.open_vaiti = open_played
    supervisor._CHILD = (
        "from tests.faults import played; played.service.open_vaiti = played.open_played; played.main.run()"
    )
    main.run()
