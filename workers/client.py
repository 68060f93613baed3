"""A caller of the service's HTTP interface: what the command line and the demo use, as any other system would."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import httpx

from recordings.errors import Refused, VaitiError

_TIMEOUT = httpx.Timeout(60.0, read=600.0)
# an access export seals and zips while it answers; nothing else takes seconds
_CHUNK = 1 << 16


class NoService(VaitiError):
    """No service answers there. Start it with `vaiti serve`."""

    slug = "no-service"


class ServiceFault(VaitiError):
    """The service could not do it; its log says more."""

    slug = "service-fault"


class ServiceRefused(Refused):
    """The service refused. `slug` says why."""

    def __init__(self, slug: str, detail: str, problem: Mapping[str, Any]) -> None:
        """`problem` is the whole answer (RFC 9457); it holds no value that was sent."""
        super().__init__(detail)
        self.slug = slug
        self.problem = problem


class Client:
    """Speaks to one service on this machine, with its token."""

    def __init__(self, *, host: str, port: int, token: str) -> None:
        place = f"[{host}]" if ":" in host else host
        self._http = httpx.Client(
            base_url=f"http://{place}:{port}/api/v1",
            headers={"Authorization": f"Bearer {token}"},
            timeout=_TIMEOUT,
            trust_env=False,  # a proxy would see what is pushed
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def hears_for_trying_only(self) -> bool:
        """Ask whether new calls are heard with the demo model."""
        return bool(_as_object(self._ask("GET", "/health/live")).get("for_trying_only"))

    def push(self, audio: Path, facts: Mapping[str, Any], *, idempotency_key: str | None = None) -> dict[str, Any]:
        """Push one call; returns the recording's state. Raises ServiceRefused."""
        headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
        with audio.open("rb") as sound:
            # facts go first, so that the service can refuse before it takes the sound; the file's name stays here
            parts = [
                ("facts", (None, json.dumps(facts, ensure_ascii=False).encode(), "application/json")),
                ("audio", ("audio", sound, "application/octet-stream")),
            ]
            answer = self._ask("POST", "/recordings", files=parts, headers=headers)
        return _as_object(answer)

    def get_recording(self, recording: str) -> dict[str, Any]:
        """Ask for one recording's state."""
        return _as_object(self._ask("GET", f"/recordings/{recording}"))

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

    def request_access(self, body: Mapping[str, Any], out: BinaryIO) -> int:
        """Ask for a customer's own calls and write the encrypted archive; returns its bytes. Raises ServiceRefused."""
        written = 0
        with _our_errors(), self._http.stream("POST", "/requests", json=dict(body)) as answer:
            if answer.is_error:
                answer.read()
            _raise_for(answer)
            for chunk in answer.iter_bytes(_CHUNK):
                written += out.write(chunk)
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
    except (httpx.ConnectError, httpx.ConnectTimeout):
        raise NoService from None
    except httpx.TransportError:
        raise ServiceFault from None


def _raise_for(answer: httpx.Response) -> None:
    if not answer.is_error:
        return
    problem: Mapping[str, Any] = {}
    with suppress(ValueError):
        problem = answer.json()
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR or not isinstance(problem, dict):
        raise ServiceFault
    raise ServiceRefused(str(problem.get("slug", "refused")), str(problem.get("detail", "")), problem)


def _as_object(answer: httpx.Response) -> dict[str, Any]:
    try:
        document = answer.json()
    except ValueError:
        raise ServiceFault from None
    if not isinstance(document, dict):
        raise ServiceFault
    return document
