"""The demo's folder: made afresh each time, and wiped only if a demo made it."""

from __future__ import annotations

import shutil
from pathlib import Path

from recordings.errors import SettingsWrong
from workers.place import is_marked, mark

CONTROLLER = "esimerkki-energia"
_OWNER_ONLY = 0o700
CONTROLLERS = f"""\
# Written by `vaiti demo`. A real one is written by whoever answers for the register: there is no default period.
[controllers.{CONTROLLER}]
name = "Esimerkki Energia Oy"
zone = "Europe/Helsinki"
language = "fi"

[controllers.{CONTROLLER}.periods]
service = "P1Y"
direct-marketing = "P1Y"
fault-report = "P1Y"
contract = "P1Y"
other = "P1Y"
"""


def make_folder(folder: Path) -> None:
    """Make the folder with its controllers file. Raises SettingsWrong for a folder that no demo made."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise SettingsWrong(f"{folder} is not a folder: name another one with --folder.")
    if folder.is_dir() and any(folder.iterdir()):
        if not is_marked(folder):
            raise SettingsWrong(f"{folder} is not empty and no demo made it: name another folder with --folder.")
        shutil.rmtree(folder)
    data = folder / "data"
    data.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    folder.chmod(_OWNER_ONLY)
    mark(folder)
    mark(data)
    (folder / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
