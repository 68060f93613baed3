"""The talk's files, read once; and lines of talk turned into turns with their items."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random

from tools.generated_calls.delivery import deliver
from tools.generated_calls.model import AGENT, CUSTOMER, Item, Part, Saying, TalkSet, Turn, plain
from tools.generated_calls.sayings_harmless import HARMLESS, company_phone, harmless
from tools.generated_calls.slots import Cast, fill

_TALK = Path(__file__).parent / "talk"
_SLOT = re.compile(r"\{([a-z_0-9.]+)([?!=]?)\}(\??)")
_HOW = {"?": "asked", "": "cued", "!": "bare", "=": "read-back"}


@cache
def talk(name: str, which: TalkSet = TalkSet.FIRST) -> dict[str, tuple[str, ...]]:
    """Return a file's exchanges by section."""
    sections: dict[str, list[str]] = {}
    section = ""
    for line in (_TALK / which / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            sections.setdefault(section, []).append(line)
    return {name: tuple(lines) for name, lines in sections.items()}


class Script:
    """Turns and items of one call as they come together."""

    def __init__(self, cast: Cast, own_number: str, rng: Random) -> None:
        self.turns: list[Turn] = []
        self.items: list[Item] = []
        self._cast, self._own_number, self._rng = cast, own_number, rng
        self._held: list[Part] = []

    def play(self, exchange: str) -> None:
        """Add an exchange."""
        for line in exchange.split("|"):
            speaker, _, text = line.strip().partition(": ")
            self._speak(AGENT if speaker == "A" else CUSTOMER, text)

    def _speak(self, channel: int, text: str) -> None:
        at = 0
        for slot in _SLOT.finditer(text):
            self._add_plain(text[at : slot.start()])
            self._add_slot(channel, slot[1], slot[2])
            at = slot.end()
        self._add_plain(text[at:])
        self._close(channel)

    def _add_plain(self, text: str) -> None:
        if text.strip():
            self._held.append(Part(chunks=(plain(text),)))

    def _close(self, channel: int) -> None:
        if self._held:
            self.turns.append(Turn(channel=channel, parts=tuple(self._held)))
        self._held = []

    def _add_slot(self, channel: int, slot: str, flag: str) -> None:
        if slot in HARMLESS:
            self._held.append(Part(chunks=harmless(slot, self._rng).chunks))
            return
        if slot == "company_phone":
            self._held.append(Part(chunks=company_phone(self._own_number, self._rng).chunks))
            return
        type_, say = fill(slot, self._cast, self._rng)
        self._add_item(channel, type_, say(self._rng), _HOW[flag])

    def _add_item(self, channel: int, type_: str, saying: Saying, how: str) -> None:
        delivered = deliver(saying, self._rng)
        item = self._new_item(type_, saying.form, (how, delivered.how, *saying.tags))
        layouts = saying.layouts if delivered.whole else ()
        for piece in delivered.pieces:
            if not piece.aside:
                self._held.append(Part(chunks=piece.chunks, item=item, layouts=layouts))
                continue
            self._close(channel)
            echo = self._new_item(type_, saying.form, ("read-back", "echo", *saying.tags)) if piece.echo else None
            aside = Part(chunks=piece.chunks, item=echo)
            self.turns.append(Turn(channel=1 - channel, parts=(aside,), aside=True))

    def _new_item(self, type_: str, form: str, tags: tuple[str, ...]) -> int:
        number = len(self.items)
        self.items.append(Item(number=number, type=type_, form=form, tags=tags))
        return number
