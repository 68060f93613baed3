"""Is the process alive, and can it work? Open to whoever reaches it, so it says nothing of what is kept."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, Response

from recordings.api.deps import OPEN, Service
from recordings.api.schemas import Health
from recordings.factory import Vaiti
from recordings.readiness import State

router = APIRouter(prefix="/health", tags=["health"], dependencies=OPEN)


@router.get("/live")
def get_live(vaiti: Service) -> Health:
    """Answer while the process runs."""
    return _health(vaiti)


@router.get("/ready", responses={503: {"model": Health}})
def get_ready(vaiti: Service, response: Response) -> Health:
    """Say which parts work; 503 when database, keys or objects do not answer, 200 when one can do without."""
    found = vaiti.check_ready()
    if found.state is State.DOWN:
        response.status_code = 503
    return _health(vaiti).model_copy(update={"status": found.state.value, "parts": dict(found.parts)})


def _health(vaiti: Vaiti) -> Health:
    return Health(version=version("vaiti"), for_trying_only=vaiti.settings.for_trying_only)
