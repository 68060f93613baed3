"""The weekly pages: a signed JSON file and the same as a page to read, for each register, in the data folder.

They hold counts only, so nothing has to be deleted from them.
"""

from __future__ import annotations

import json
from pathlib import Path

from recordings.factory import Vaiti
from recordings.retention import local_date
from recordings.weekly import Week, write_page
from workers.files import whole_file

FOLDER = "reports"


def write_week(vaiti: Vaiti, week: Week | None = None, *, folder: Path | None = None) -> list[Path]:
    """Write the pages of a week, for all registers, over those that are there; None: the last that is over.

    Raises Unavailable, CannotWrite.
    """
    folder = folder or vaiti.settings.data / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    pages = []
    for controller in vaiti.controllers.list():
        chosen = week or Week.before(local_date(vaiti.clock.now(), controller.zone_info))
        signed = vaiti.report_week(controller, chosen)
        page = folder / f"{chosen}-{controller.slug}.md"
        texts = {page.with_suffix(".json"): json.dumps(signed), page: write_page(signed, controller.name)}
        for path, text in texts.items():
            with whole_file(path) as file:
                file.write(text.encode() + b"\n")
        pages.append(page)
    return pages


def write_last_week(vaiti: Vaiti) -> None:
    """Write the pages of the last week that is over, unless they are there. Raises Unavailable, CannotWrite."""
    folder = vaiti.settings.data / FOLDER
    for controller in vaiti.controllers.list():
        week = Week.before(local_date(vaiti.clock.now(), controller.zone_info))
        if not (folder / f"{week}-{controller.slug}.md").exists():
            write_week(vaiti)
            return
