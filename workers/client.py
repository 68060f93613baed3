"""A caller of the service's HTTP interface: what the command line and the demo use, as any other system would."""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Protocol, Self
from urllib.parse import urlsplit

import httpx

from recordings.errors import Refused, SettingsWrong, VaitiError
from recordings.objects_url import is_loopback
from recordings.settings import Settings

_TIMEOUT = httpx.Timeout(60.0, read=600.0)
# an access export seals and zips while it answers; nothing else takes seconds
_CHUNK = 1 << 16
_HERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - not bound to: what listens everywhere is reached here
_AT_HOME = {"Host": "localhost"}
# Under a name that other machines use the token opens nothing.
_BUSY = frozenset({httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.INSUFFICIENT_STORAGE})
_SLUG = re.compile(r"[a-z][a-z-]{0,63}")
_LONGEST_PAUSE = 3600.0
# Seconds. A service that asks for more is asked again after an hour.


class NoService(VaitiError):
    """No service answers there. Start it with `vaiti serve`."""

    slug = "no-service"


class CertificateRefused(NoService):
    """The service's certificate is of another name or of no authority that is known here (--ca-file, VAITI_CA_FILE)."""

    slug = "certificate-refused"


class ServiceFault(VaitiError):
    """The service could not do it; its log says more."""

    slug = "service-fault"


class ServiceBusy(ServiceFault):
    """The service takes nothing just now. Try again later."""

    slug = "service-busy"

    def __init__(self, retry_after: float | None, slug: str | None = None) -> None:
        """`retry_after` is what the service asks for, in seconds; `slug` says why, where the service does."""
        super().__init__()
        self.retry_after = retry_after
        self.slug = slug or type(self).slug


class ServiceRefused(Refused):
    """The service refused. `slug` says why."""

    def __init__(self, slug: str, detail: str, problem: Mapping[str, Any], *, status: int) -> None:
        """`problem` is the whole answer (RFC 9457); it holds no value that was sent."""
        super().__init__(detail)
        self.slug = slug
        self.problem = problem
        self.status = status


@dataclass(frozen=True, slots=True)
class Pushed:
    """An acknowledged push: the recording is durably stored. `created` is False when it was there before."""

    state: dict[str, Any]
    created: bool


class Sound(Protocol):
    """What is sent: a file, or what reads one."""

    def read(self, size: int = -1, /) -> bytes:
        """Read the next bytes."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place."""
        ...

    def fileno(self) -> int:
        """Return the descriptor, by which the length is found."""
        ...


class Client:
    """Speaks to one service, with its token. Safe for several threads."""

    def __init__(
        self, *, url: str, token: str | Callable[[], str], ca_file: Path | None = None, here: bool = False
    ) -> None:
        """`url` as check_url takes it; `token` may be read anew for each request, so that it can be rotated.

        TLS is verified against the system's authorities and those of `ca_file`. `here` is a service on this machine,
        and `ca_file` then its own certificate, if it has one. Raises SettingsWrong.
        """

        def sign(request: httpx.Request) -> httpx.Request:
            request.headers["Authorization"] = f"Bearer {token() if callable(token) else token}"
            return request

        self._http = httpx.Client(
            base_url=f"{url if here else check_url(url)}/api/v1",
            headers=_AT_HOME if here else None,
            auth=sign,
            timeout=_TIMEOUT,
            verify=_trust_only(ca_file) if here and ca_file else _authorities(ca_file),
            trust_env=False,  # a proxy would see what is pushed
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def hears_for_trying_only(self) -> bool:
        """Ask whether new calls are heard with the demo model."""
        return bool(_as_object(self._ask("GET", "/health/live")).get("for_trying_only"))

    def push(
        self,
        audio: Path,
        facts: Mapping[str, Any],
        *,
        customer: Path | None = None,
        idempotency_key: str | None = None,
    ) -> dict[str, Any]:
        """Push one call; returns the recording's state. With `customer`, `audio` is the agent's file.

        Raises ServiceRefused.
        """
        with ExitStack() as opened:
            sounds = [opened.enter_context(path.open("rb")) for path in (audio, customer) if path is not None]
            return self.push_sounds(sounds, facts, idempotency_key=idempotency_key).state

    def push_sounds(
        self, sounds: Sequence[Sound], facts: Mapping[str, Any], *, idempotency_key: str | None = None
    ) -> Pushed:
        """Push one call's sound from a file that is open, or from two: the agent's, the customer's.

        Raises ServiceRefused, ServiceBusy.
        """
        headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
        names = ["audio"] if len(sounds) == 1 else ["audio_agent", "audio_customer"]
        # facts go first, so that the service can refuse before it takes the sound; the file's name stays here
        parts = [
            ("facts", (None, json.dumps(facts, ensure_ascii=False).encode(), "application/json")),
            *((name, ("audio", sound, "application/octet-stream")) for name, sound in zip(names, sounds, strict=True)),
        ]
        answer = self._ask("POST", "/recordings", files=parts, headers=headers)
        if answer.status_code not in {httpx.codes.CREATED, httpx.codes.OK}:
            raise ServiceFault  # a page of something in between is no acknowledgement
        return Pushed(_as_object(answer), created=answer.status_code == httpx.codes.CREATED)

    def get_recording(self, recording: str) -> dict[str, Any]:
        """Ask for one recording's state."""
        return _as_object(self._ask("GET", f"/recordings/{recording}"))

    def add_facts(self, recording: str, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Add facts to a call that was pushed; returns the recording's state. Raises ServiceRefused."""
        return _as_object(self._ask("PATCH", f"/recordings/{recording}/facts", json=dict(facts)))

    def get_transcript(self, recording: str) -> dict[str, Any]:
        """Ask for the masked words."""
        return _as_object(self._ask("GET", f"/recordings/{recording}/transcript"))

    def read_audio(self, recording: str) -> bytes:
        """Ask for the masked sound."""
        return self._ask("GET", f"/recordings/{recording}/audio").content

    def search(self, query: str, **only: Any) -> list[dict[str, Any]]:
        """Search masked words; returns the hits."""
        hits = _as_object(self._ask("POST", "/search", json={"query": query, **only}))["hits"]
        return list(hits)

    def find_customer(self, controller: str, kind: str, value: str) -> str:
        """Turn a reference into an opaque id. Raises ServiceRefused `not-found`."""
        body = {"controller": controller, "type": kind, "value": value}
        return str(_as_object(self._ask("POST", "/customers/find", json=body))["customer"])

    def list_receipts(self) -> list[dict[str, Any]]:
        """Ask for the signed receipts."""
        return list(self._ask("GET", "/receipts").json())

    def get_public_key(self) -> str:
        """Ask for the key that receipts are checked with (PEM)."""
        return self._ask("GET", "/receipts/public-key").text

    def request_access(
        self, body: Mapping[str, Any], out: BinaryIO, told: Callable[[int], None] = lambda _: None
    ) -> int:
        """Ask for a customer's own calls and write the encrypted archive; returns its bytes. Raises ServiceRefused.

        `told` hears how many bytes have come.
        """
        written = 0
        with _our_errors(), self._http.stream("POST", "/requests", json=dict(body)) as answer:
            if answer.is_error:
                answer.read()
            _raise_for(answer)
            for chunk in answer.iter_bytes(_CHUNK):
                written += out.write(chunk)
                told(written)
        return written

    def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        with _our_errors():
            answer = self._http.request(method, path, **more)
        _raise_for(answer)
        return answer


@contextmanager
def _our_errors() -> Iterator[None]:
    """Turn what httpx raises into ours: its texts hold addresses and nothing that helps."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout) as fault:
        raise (CertificateRefused if _is_of_tls(fault) else NoService) from None
    except httpx.TransportError:
        raise ServiceFault from None


def _is_of_tls(fault: BaseException | None) -> bool:
    while fault is not None and not isinstance(fault, ssl.SSLError):
        fault = fault.__cause__ or fault.__context__
    return fault is not None


def _raise_for(answer: httpx.Response) -> None:
    if not answer.is_error:
        return
    problem: Mapping[str, Any] = {}
    with suppress(ValueError):
        problem = answer.json()
    said = str(problem.get("slug", "")) if isinstance(problem, dict) else ""
    slug = said if _SLUG.fullmatch(said) else None  # what is in between has pages of its own
    if answer.status_code in _BUSY:
        raise ServiceBusy(_read_pause(answer.headers.get("retry-after", "")), slug)
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or not isinstance(problem, dict):
        raise ServiceFault
    raise ServiceRefused(slug or Refused.slug, _detail_of(problem), problem, status=answer.status_code)


def _read_pause(text: str) -> float | None:
    return min(float(text), _LONGEST_PAUSE) if text.isdecimal() else None  # as a date it is not sent by Vaiti


def local_url(host: str, port: int, *, tls: bool = False) -> str:
    """Return the address of a service on this machine that listens at `host`."""
    host = _HERE.get(host, host)
    scheme = "https" if tls else "http"
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def client_of(settings: Settings) -> Client:
    """Return a client of the service that these settings start here, with its token. Raises SettingsWrong."""
    return Client(
        url=local_url(settings.host, settings.port, tls=settings.has_tls),
        token=settings.read_token(),
        ca_file=settings.tls_certificate_file,
        here=True,
    )


def check_url(url: str) -> str:
    """Return a service's address without a slash at its end. Raises SettingsWrong; the text repeats nothing."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or parts.username or parts.query or parts.fragment or parts.scheme not in {"http", "https"}:
        raise SettingsWrong("The service's address is https://HOST:PORT (--service, VAITI_SERVICE_URL).")
    if parts.scheme == "http" and not is_loopback(host):
        raise SettingsWrong("Recordings and the token leave this machine by https only (--service, VAITI_SERVICE_URL).")
    return url.rstrip("/")


def _authorities(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    try:
        if ca_file is not None:
            context.load_verify_locations(cafile=ca_file)
    except (OSError, ssl.SSLError):
        raise SettingsWrong("--ca-file (VAITI_CA_FILE) is no file of certificates in PEM.") from None
    return context


def _trust_only(certificate: Path) -> ssl.SSLContext:
    """Return what trusts this very certificate, whatever names it has: none of them is a loopback one."""
    context = ssl.create_default_context(cafile=str(certificate))
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.check_hostname = False
    return context


def _detail_of(problem: Mapping[str, Any]) -> str:
    """Return what went wrong, with the fields and rules that an answer names."""
    found = problem.get("problems")
    problems = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    named = [f"{each.get('field')}: {each.get('rule')}" for each in problems]
    return str(problem.get("detail", "")) + (f" ({', '.join(named)})" if named else "")


def _as_object(answer: httpx.Response) -> dict[str, Any]:
    try:
        document = answer.json()
    except ValueError:
        raise ServiceFault from None
    if not isinstance(document, dict):
        raise ServiceFault
    return document
