"""Is the process alive, and can it work? Open to whoever reaches it, so it says nothing of what is kept."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter

from recordings.api.deps import Service
from recordings.api.schemas import Health
from recordings.factory import Vaiti

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live")
def get_live(vaiti: Service) -> Health:
    """Answer while the process runs."""
    return _health(vaiti)


@router.get("/ready")
def get_ready(vaiti: Service) -> Health:
    """Answer when database and keys do; 503 when one does not."""
    vaiti.count()
    vaiti.signer.public_key()
    return _health(vaiti)


def _health(vaiti: Vaiti) -> Health:
    return Health(version=version("vaiti"), for_trying_only=vaiti.settings.for_trying_only)
