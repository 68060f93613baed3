"""Where a service's things lie, and the folders that `vaiti demo` made: those alone take another clock."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

from recordings.engines import Clock
from recordings.errors import SettingsWrong
from recordings.settings import EMBEDDED, Settings, load_settings
from workers.clock import FixedClock, SystemClock

MARK = ".vaiti-demo"
# in the demo's folder and in its data folder: what has it may be wiped and may live in another time
_DATA, _KEYS, _CONTROLLERS, _JOURNAL = "data", "keys", "controllers.toml", "journal"


def mark(folder: Path) -> None:
    """Say that this folder is the demo's."""
    text = json.dumps({"format": "vaiti-demo/1", "note": "Made by `vaiti demo`, which wipes it when it runs again."})
    (folder / MARK).write_text(text + "\n", encoding="utf-8")


def is_marked(folder: Path) -> bool:
    """Tell whether `vaiti demo` made this folder."""
    return (folder / MARK).is_file()


def demo_settings(folder: Path, **given: object) -> Settings:
    """Return the settings of a demo folder: data, keys and controllers apart, on a port that is free."""
    return load_settings(
        **{
            "data": folder / _DATA,
            "root_key_file": folder / _KEYS / "root.key",
            "token_file": folder / _KEYS / "token",
            "controllers": folder / _CONTROLLERS,
            "database_url": EMBEDDED,
            "queue_url": EMBEDDED,
            "objects_url": EMBEDDED,  # what may be wiped is never somebody's bucket
            "journal": folder / _JOURNAL,  # nor is it in somebody's journal, backups, anchors or token
            "backups": None,
            "key_backups": None,
            "anchors": None,
            "pkcs11_module": None,
            "pkcs11_token": "",
            "names": "",  # and nobody else reaches it
            "tls_certificate_file": None,
            "tls_key_file": None,
            "tls_ends_at_proxy": False,
            **given,
        }
    )


def settings_for(data: Path | None, **given: object) -> Settings:
    """Return the settings for a data folder; a demo's folder knows where its keys and controllers are."""
    if data is None:
        return load_settings(**given)
    if is_marked(data):
        folder = data.parent if data.name == _DATA and is_marked(data.parent) else data
        return demo_settings(folder, **given)
    return load_settings(data=data, **given)


def clock_for(settings: Settings, as_of: str | None) -> Clock:
    """Return this machine's clock, or one that stands at `as_of`. Raises SettingsWrong but for a demo's folder."""
    if as_of is None:
        return SystemClock()
    if not is_marked(settings.data):
        raise SettingsWrong(
            "--as-of works only on a folder that `vaiti demo` made: another clock would delete real calls too early."
        )
    return FixedClock(_read_moment(as_of))


def _read_moment(text: str) -> datetime:
    """Read a date (its first moment, UTC) or a time with its offset. Raises SettingsWrong."""
    try:
        if len(text) == len("2027-01-31"):
            return datetime.combine(date.fromisoformat(text), time(), tzinfo=UTC)
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime(1, 1, 1)  # noqa: DTZ001 - without an offset, so it is refused below
    if moment.tzinfo is None:
        raise SettingsWrong("--as-of is a date, or a time with its offset: 2027-11-22 or 2027-11-22T09:00:00+02:00.")
    return moment
