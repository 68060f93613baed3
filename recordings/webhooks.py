"""The secret by which a company's systems know that a message is Vaiti's: one for each controller, in a file.

In the form of Standard Webhooks (`whsec_` and base64). Two lines while one is being replaced: messages are signed with
both, the newest first.
"""

from __future__ import annotations

import base64
import secrets

from recordings.errors import SettingsWrong
from recordings.settings import Settings, read_secret, replace_secret, write_secret

BYTES = 32
# The specification asks for 24 to 64.
PREFIX = "whsec_"
MOST = 2


def make_secret(settings: Settings, controller: str) -> str:
    """Make a controller's secret, or a new one beside the one that it has; returns it. Raises SettingsWrong."""
    path = settings.secrets_folder / f"webhook-{controller}.secret"
    made = PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()
    if path.exists():
        kept = read_secrets(settings, controller)[: MOST - 1]
        replace_secret(path, "\n".join([made, *kept]))
    else:
        write_secret(path, made)
    return made


def drop_older(settings: Settings, controller: str) -> int:
    """Let the newest secret alone count; returns how many were dropped. Raises SettingsWrong."""
    newest, *older = read_secrets(settings, controller)
    replace_secret(settings.secrets_folder / f"webhook-{controller}.secret", newest)
    return len(older)


def read_secrets(settings: Settings, controller: str) -> list[str]:
    """Return a controller's secrets, the newest first. Raises SettingsWrong where there is none."""
    path = settings.secrets_folder / f"webhook-{controller}.secret"
    if not path.exists():
        raise SettingsWrong(f"There is no secret for the webhook of {controller}: `vaiti objection secret`.")
    return read_secret(path).split()
