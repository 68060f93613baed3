"""The weekly pages: a signed JSON file and the same as a page to read, for each register, in the data folder.

They hold counts only, so nothing has to be deleted from them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from recordings.controllers import Controller
from recordings.factory import Vaiti
from recordings.retention import local_date
from recordings.weekly import Week, write_page
from workers.files import whole_file

FOLDER = "reports"
MOST_MADE_UP: Final = 104
# Weeks. A clock that once stood at 1970 must not have every page since then written.


def write_week(vaiti: Vaiti, week: Week | None = None, *, folder: Path | None = None) -> list[Path]:
    """Write the pages of a week, for all registers, over those that are there; None: the last that is over.

    Raises Unavailable, CannotWrite.
    """
    folder = _made(folder or vaiti.settings.data / FOLDER)
    return [
        _write_page(vaiti, controller, week or _last_over(vaiti, controller), folder)
        for controller in vaiti.controllers.list()
    ]


def write_missed_weeks(vaiti: Vaiti) -> None:
    """Write each register's pages that are not there, from its first one to the last week that is over.

    A register without any gets that last one: nobody promised pages before the service ran. What a late page says of
    a past week is counted from receipts, which stay. Raises Unavailable, CannotWrite.
    """
    folder = _made(vaiti.settings.data / FOLDER)
    for controller in vaiti.controllers.list():
        last = _last_over(vaiti, controller)
        weeks = list(last.back(MOST_MADE_UP))
        there = [week for week in weeks if _page(folder, week, controller).exists()]
        for week in weeks:
            if week not in there and week >= min(there, default=last):
                _write_page(vaiti, controller, week, folder)


def _last_over(vaiti: Vaiti, controller: Controller) -> Week:
    return Week.before(local_date(vaiti.clock.now(), controller.zone_info))


def _page(folder: Path, week: Week, controller: Controller) -> Path:
    return folder / f"{week}-{controller.slug}.md"


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _write_page(vaiti: Vaiti, controller: Controller, week: Week, folder: Path) -> Path:
    signed = vaiti.report_week(controller, week)
    page = _page(folder, week, controller)
    # the page last: by it the next round knows that both are there
    texts = {page.with_suffix(".json"): json.dumps(signed), page: write_page(signed, controller.name)}
    for path, text in texts.items():
        with whole_file(path) as file:
            file.write(text.encode() + b"\n")
    return page
