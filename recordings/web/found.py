"""Searches that are kept while somebody works with their hits, so that no address, history or log holds a word of one.

In the memory of this process and nowhere else: a restart forgets them, and so does half an hour without use. A kept
search has a random name, and only who asked finds it under that name.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

from recordings.engines import Clock
from recordings.web.search_form import SearchForm

KEPT_FOR = timedelta(minutes=30)
MOST = 500
# Of all persons together: some 10 kB each.


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit is: a call, and seconds from its start."""

    recording: str
    start: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody asked, as the form says it, and where its hits were when they were last looked at, page by page.

    `ends` holds what each full page after the first begins after, as the search index counts.
    """

    form: SearchForm = field(repr=False)
    places: tuple[Place, ...] = ()
    ends: tuple[int, ...] = ()


class Found:
    """The kept searches of one process. Safe to use from several threads."""

    def __init__(self, clock: Clock) -> None:
        """Keep nothing yet."""
        self._clock = clock
        self._kept: OrderedDict[str, tuple[str, datetime, Question]] = OrderedDict()
        self._lock = Lock()

    def keep(self, question: Question, *, actor: str) -> str:
        """Keep a question of this actor; returns the random name that it has from now on."""
        name = secrets.token_hex(16)
        with self._lock:
            self._forget()
            self._kept[name] = (actor, self._clock.now(), question)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return name

    def get(self, name: str, *, actor: str) -> Question | None:
        """Return the question of this name if it is this actor's and still kept; from now on it is kept as long again.

        Somebody else's is not there, as if there were none.
        """
        with self._lock:
            self._forget()
            owner, _, question = self._kept.get(name, ("", None, None))
            if question is None or owner != actor:
                return None
            self._kept[name] = (owner, self._clock.now(), question)
            self._kept.move_to_end(name)
            return question

    def note(self, name: str, places: tuple[Place, ...], ends: tuple[int, ...], *, actor: str) -> None:
        """Remember where the hits of a kept question are, and where its pages end."""
        question = self.get(name, actor=actor)
        if question is not None:
            with self._lock:
                self._kept[name] = (actor, self._clock.now(), replace(question, places=places, ends=ends))

    def _forget(self) -> None:
        oldest = self._clock.now() - KEPT_FOR
        while self._kept:
            name, (_, used, _) = next(iter(self._kept.items()))
            if used > oldest:
                return
            del self._kept[name]
