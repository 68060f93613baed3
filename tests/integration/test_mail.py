"""The daily mail, to a real mail server: once a day, encrypted to another machine, and nothing of anybody in it."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from recordings.errors import SettingsWrong
from recordings.factory import Vaiti
from recordings.settings import load_settings
from storage.records import Recording
from tests.integration.fakes import MovedClock
from tests.integration.test_push_over_tls import certificate
from workers.mailing import MailFailed, send_if_due

__all__ = ["certificate"]
Push = Callable[..., Recording]


class Box:
    """Keeps what it is sent."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.encrypted: list[bool] = []

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content))
        self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return "250 OK"


@pytest.fixture
def box() -> Box:
    return Box()


@contextmanager
def a_mail_server(box: Box, **more: Any) -> Iterator[int]:
    """Run a mail server of this machine; yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    server = Controller(box, hostname="127.0.0.1", port=port, **more)
    server.start()
    try:
        yield port
    finally:
        server.stop()


@pytest.fixture
def port(box: Box) -> Iterator[int]:
    with a_mail_server(box) as port:
        yield port


@pytest.fixture
def careful_port(box: Box, certificate: Path) -> Iterator[int]:
    """The port of a server that takes mail over TLS with a password only."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def check(*given: Any) -> AuthResult:
        return AuthResult(success=given[-1].password == b"the-password")

    with a_mail_server(
        box, tls_context=context, require_starttls=True, auth_required=True, authenticator=check
    ) as port:
        yield port


def mailing(vaiti: Vaiti, port: int, **more: Any) -> Vaiti:
    given = {
        "mail_server": "127.0.0.1",
        "mail_port": port,
        "mail_security": "none",
        "mail_from": "vaiti@kuopio.invalid",
        "mail_to": "officer@kuopio.invalid, operator@kuopio.invalid",
        "mail_language": "en",
    }
    return replace(vaiti, settings=vaiti.settings.model_copy(update=given | more))


@pytest.fixture
def late(push: Push, vaiti: Vaiti, clock: MovedClock) -> Vaiti:
    """A service with a call that is a day past its time, at noon."""
    clock.at = push(work=False).delete_at + timedelta(days=1, hours=4)
    return vaiti


def test_what_waits_is_mailed_once_a_day_and_not_before_seven(
    push: Push, vaiti: Vaiti, clock: MovedClock, box: Box, port: int
) -> None:
    call = push(work=False)
    service = mailing(vaiti, port)
    clock.at = call.delete_at.replace(hour=3) + timedelta(days=1)  # five in Helsinki
    assert not send_if_due(service)
    clock.at += timedelta(hours=6)
    assert [send_if_due(service) for _ in range(3)] == [True, False, False]
    (mail,) = box.mails
    assert (mail["To"], mail["Auto-Submitted"]) == ("officer@kuopio.invalid, operator@kuopio.invalid", "auto-generated")
    assert "OVERDUE: 1 calls past their time" in str(mail.get_payload())
    assert not any(part in mail.as_string() for part in ("040", "pbx-0001", call.id, "131052"))
    clock.at += timedelta(days=1)
    assert send_if_due(service)


def test_a_mail_that_could_not_be_sent_is_tried_again(late: Vaiti, box: Box, port: int) -> None:
    with pytest.raises(MailFailed):
        send_if_due(mailing(late, 1))
    assert send_if_due(mailing(late, port))
    assert len(box.mails) == 1


def test_mail_goes_encrypted_and_with_a_password(
    late: Vaiti, box: Box, careful_port: int, certificate: Path, tmp_path: Path
) -> None:
    password = tmp_path / "mail.password"
    password.touch(0o600)
    given = {"mail_security": "starttls", "mail_user": "vaiti", "mail_password_file": password, "ca_file": certificate}
    password.write_text("wrong", encoding="ascii")
    with pytest.raises(MailFailed):
        send_if_due(mailing(late, careful_port, **given))
    password.write_text("the-password", encoding="ascii")
    with pytest.raises(MailFailed):  # nobody vouches for its certificate
        send_if_due(mailing(late, careful_port, **given | {"ca_file": None}))
    assert send_if_due(mailing(late, careful_port, **given))
    assert box.encrypted == [True]


def test_nobody_is_mailed_without_a_server(late: Vaiti) -> None:
    assert not send_if_due(late)
    assert not (late.settings.data / "reports" / "mail-sent.txt").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"mail_server": "mail.example"}, "VAITI_MAIL_FROM and VAITI_MAIL_TO"),
        ({"mail_from": "a@b.c", "mail_to": "d@e.f", "mail_security": "none"}, "goes by starttls or tls"),
        ({"mail_from": "a@b.c", "mail_to": "d@e.f", "mail_user": "vaiti"}, "VAITI_MAIL_PASSWORD_FILE"),
        ({"mail_from": "nobody"}, "VAITI_MAIL_FROM"),
    ],
)
def test_settings_that_cannot_work_are_refused(tmp_path: Path, given: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsWrong, match=said):
        load_settings(data=tmp_path / "data", **{"mail_server": "mail.example", **given})
