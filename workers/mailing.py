"""The daily mail about what waits: counts and the numbers of cases, and nothing of any call or person."""

from __future__ import annotations

import smtplib
import ssl
from datetime import date, time
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Final

from recordings.digest import Digest, write_digest
from recordings.errors import VaitiError
from recordings.factory import Vaiti
from recordings.settings import Settings, read_secret
from storage.records import Scope
from workers.files import whole_file

NOT_BEFORE: Final = time(7, 0)
# In the first controller's zone: before the office opens.
PATIENCE: Final = 20.0
# Seconds that the mail server may take for one answer.
SENT: Final = "mail-sent.txt"
# In the folder of reports: the last day on which a mail was sent.


class MailFailed(VaitiError):
    """The mail could not be handed over: VAITI_MAIL_SERVER, its port, security, user and password file."""

    slug = "mail-failed"


def send_if_due(vaiti: Vaiti) -> bool:
    """Send today's mail once, after seven; returns whether one was sent. Raises MailFailed, Unavailable."""
    controllers = vaiti.controllers.list()
    if not vaiti.settings.mail_server or not controllers:
        return False
    now = vaiti.clock.now().astimezone(controllers[0].zone_info)
    if now.time() < NOT_BEFORE or _last_sent(vaiti.settings) == now.date():
        return False
    digest = write_digest(
        vaiti.status(Scope.system()),
        vaiti.keep_cases.list(Scope.system()),
        today=now.date(),
        country=controllers[0].country,
        language=vaiti.settings.mail_language,
        recipients=len(vaiti.keep_disclosures.list(Scope.system(), waiting=True)),
    )
    if digest is not None:
        _send(vaiti.settings, _message(vaiti, digest))
    _note_sent(vaiti.settings, now.date())
    return digest is not None


def _message(vaiti: Vaiti, digest: Digest) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = digest.subject
    message["From"] = vaiti.settings.mail_from
    message["To"] = ", ".join(vaiti.settings.mail_receivers)
    message["Date"] = format_datetime(vaiti.clock.now())
    message["Message-ID"] = make_msgid(domain="vaiti.invalid")  # without a domain it names this machine
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    message.set_content("\n".join(f"- {line}" for line in digest.lines) + "\n")
    return message


def _send(settings: Settings, message: EmailMessage) -> None:
    context = ssl.create_default_context(cafile=str(settings.ca_file) if settings.ca_file else None)
    try:
        with _connect(settings, context) as server:
            if settings.mail_security == "starttls":
                server.starttls(context=context)
            if settings.mail_password_file is not None:
                server.login(settings.mail_user, read_secret(settings.mail_password_file))
            server.send_message(message)
    except (OSError, smtplib.SMTPException):
        raise MailFailed from None  # its text may hold addresses


def _connect(settings: Settings, context: ssl.SSLContext) -> smtplib.SMTP:
    place = (settings.mail_server, settings.mail_port)
    if settings.mail_security == "tls":
        return smtplib.SMTP_SSL(*place, timeout=PATIENCE, context=context)
    return smtplib.SMTP(*place, timeout=PATIENCE)


def _last_sent(settings: Settings) -> date | None:
    try:
        return date.fromisoformat((settings.data / "reports" / SENT).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None


def _note_sent(settings: Settings, day: date) -> None:
    folder = settings.data / "reports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with whole_file(folder / SENT) as file:
        file.write(f"{day.isoformat()}\n".encode("ascii"))
