"""The part of the settings that is about mail; `recordings.settings` reads it with the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_settings import BaseSettings

from recordings.objects_url import is_loopback

Address = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+$")]


class MailSettings(BaseSettings):
    """Who is told by mail of what waits, and by which server. Without a server nobody is."""

    mail_server: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.-]*$")] = ""
    mail_port: Annotated[int, Field(ge=1, le=65535)] = 587
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_user: str = ""
    mail_password_file: Path | None = None
    mail_from: Address | None = None
    mail_to: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._+@, -]*$")] = ""
    mail_language: Literal["fi", "sv", "en"] = "fi"

    @property
    def mail_receivers(self) -> tuple[str, ...]:
        """The addresses that the daily mail goes to."""
        return tuple(each.strip() for each in self.mail_to.split(",") if each.strip())

    @model_validator(mode="after")
    def _check_mail(self) -> Self:
        if not self.mail_server:
            return self
        if self.mail_from is None or not self.mail_receivers:
            raise ValueError("VAITI_MAIL_FROM and VAITI_MAIL_TO: say who writes and who is written to.")
        if self.mail_security == "none" and not is_loopback(self.mail_server):
            raise ValueError("VAITI_MAIL_SECURITY: mail to another machine goes by starttls or tls.")
        if bool(self.mail_user) != bool(self.mail_password_file):
            raise ValueError("VAITI_MAIL_USER and VAITI_MAIL_PASSWORD_FILE: give both, or neither.")
        return self
