"""The end of the story: a year passes, the calls are deleted, and it is proved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from recordings.errors import PurgeHalted
from storage.receipts import parse, verify_all
from workers.demo.proof import Known, count_known
from workers.demo.stage import Stage
from workers.files import whole_file
from workers.purging import purge_due

A_YEAR = timedelta(days=366)
RECEIPTS, PUBLIC_KEY = "receipts.jsonl", "receipts.pub"


def purge_and_prove(stage: Stage, now: datetime, query: str) -> bool:
    """Move the clock by a year, purge through the command, check the receipts; tells whether nothing is left."""
    stage.screen.title("A year later")
    ids = list(stage.ids.values())
    before = count_known(stage.vaiti, stage.client, ids, query)
    as_of = (now + A_YEAR).date().isoformat()
    signed = _purge(stage, as_of)
    with whole_file(stage.folder / PUBLIC_KEY) as file:
        file.write(stage.client.get_public_key().encode())
    stage.screen.line(f"  {len(signed)} calls purged, one signed receipt each.")
    stage.screen.line(f"  vaiti receipts verify {stage.folder / RECEIPTS} --public-key {stage.folder / PUBLIC_KEY}")
    text = (stage.folder / RECEIPTS).read_text(encoding="utf-8")
    checked = verify_all(parse(text), (stage.folder / PUBLIC_KEY).read_bytes())
    stage.screen.line(f"  {checked} receipts: signed by this key, nothing changed.")
    after = count_known(stage.vaiti, stage.client, ids, query)
    _show(stage, before, after, query)
    return after.nothing and checked == len(ids)


def _purge(stage: Stage, as_of: str) -> list[Mapping[str, Any]]:
    """Purge as a person does: the guard halts at a clock that jumped a year, and then somebody confirms."""
    command = f"  vaiti purge --data {stage.settings.data} --as-of {as_of} --receipts {stage.folder / RECEIPTS}"
    stage.screen.line(command)
    try:
        return purge_due(stage.settings.data, as_of=as_of, out=stage.folder / RECEIPTS)
    except PurgeHalted as halted:
        stage.screen.line(f"  {halted}")
    stage.screen.line(f"{command} --confirm --as demo")
    return purge_due(stage.settings.data, as_of=as_of, out=stage.folder / RECEIPTS, confirmed_by="demo")


def _show(stage: Stage, before: Known, after: Known, query: str) -> None:
    stage.screen.title("Who still knows the calls?")
    rows = (
        (f"search for {query!r}: hits", before.search_hits, after.search_hits),
        ("API: calls that are found (else 404)", before.api_answers, after.api_answers),
        ("folder: encrypted objects", before.objects, after.objects),
        ("database: rows", before.rows, after.rows),
        ("search index: turns", before.index_turns, after.index_turns),
        ("key store: keys", before.keys, after.keys),
    )
    stage.screen.table(("", "before", "after"), [(name, str(was), str(is_now)) for name, was, is_now in rows])
