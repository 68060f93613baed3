"""How much each store knows of the calls: counted before the purge and after it, by asking each one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recordings.factory import Vaiti
from recordings.stores import OBJECTS
from storage.records import RecordingId
from workers.client import Client, ServiceRefused


@dataclass(frozen=True, slots=True)
class Known:
    """What is still known of the calls."""

    search_hits: int
    api_answers: int
    objects: int
    rows: int
    index_turns: int
    keys: int

    @property
    def nothing(self) -> bool:
        """Tell whether no store knows anything."""
        return not any((self.search_hits, self.api_answers, self.objects, self.rows, self.index_turns, self.keys))


def count_known(vaiti: Vaiti, client: Client, recordings: Sequence[str], query: str) -> Known:
    """Ask search, API, folder, database, index and key store."""
    ids = [RecordingId(each) for each in recordings]
    folder = vaiti.settings.data / OBJECTS
    return Known(
        search_hits=len(client.search(query)),
        api_answers=sum(_answers(client, each) for each in recordings),
        objects=sum(1 for each in folder.rglob("*") if each.is_file()),
        rows=sum(vaiti.catalog.knows(each) for each in ids),
        index_turns=sum(vaiti.index.knows(each) for each in ids),
        keys=sum(vaiti.keys.knows(each) for each in ids),
    )


def _answers(client: Client, recording: str) -> bool:
    try:
        client.get_recording(recording)
    except ServiceRefused as refusal:
        if refusal.slug != "not-found":
            raise
        return False
    return True
