"""What handlers of the API and of the pages are given: the service, who is calling, and what the route asks for.

Every route names what it needs, by one of three dependencies: `needs(permission)`, `signed_in` (whoever has a session,
also one that is not complete) and `anybody`. A route that names none stops the start: nothing is open by mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from recordings.errors import NotSignedIn, VaitiError
from recordings.factory import Vaiti
from recordings.identity import Caller, Person
from recordings.permissions import Permission
from storage.records import Scope

STATIC = "/static"
# The one folder of files that anybody may read: styles, scripts, pictures.
FRAMEWORKS_OWN = frozenset({"/api/v1/openapi.json"})


class RouteWithoutPermission(VaitiError):
    """A route does not say what it needs: this is a fault of the program, which does not start."""

    slug = "fault"


@dataclass(frozen=True, slots=True)
class Declared:
    """A route and what it asks for; `permission` is None where no permission is asked."""

    path: str
    methods: frozenset[str]
    permission: Permission | None
    open: bool = False


def get_vaiti(request: Request) -> Vaiti:
    """Return the service of this application."""
    return cast("Vaiti", request.app.state.vaiti)


def find_caller(request: Request) -> Caller:
    """Return who is calling; the guard has put it there. Raises NotSignedIn."""
    caller = getattr(request.state, "caller", None)
    if not isinstance(caller, Caller):
        raise NotSignedIn
    return caller


def needs(permission: Permission) -> Callable[[Request], Caller]:
    """Return what finds a caller who may do this: a person with a role, an API key, or who has the token."""

    def get_allowed(request: Request) -> Caller:
        caller, watch = find_caller(request), get_vaiti(request).watch
        route = getattr(request.scope.get("route"), "path", "")
        if not caller.may(permission) and route != "/":  # the page that everybody tries first, and is led on from
            watch.note_refused(caller, permission, f"{request.method} {route}")
        allowed = caller.allowed(permission)
        watch.admit(allowed, permission, request.path_params.get("recording", ""))
        return allowed

    get_allowed.declares = Declared("", frozenset(), permission)  # type: ignore[attr-defined]
    return get_allowed


def signed_in(request: Request) -> Person:
    """Return the person with a session, also one that still lacks something. Raises NotSignedIn."""
    person = find_caller(request).person
    if person is None:
        raise NotSignedIn
    return person


def anybody() -> None:
    """Ask for nothing: the guard's list of open addresses has to name the route too."""


signed_in.declares = Declared("", frozenset(), None)  # type: ignore[attr-defined]
anybody.declares = Declared("", frozenset(), None, open=True)  # type: ignore[attr-defined]

Service = Annotated[Vaiti, Depends(get_vaiti)]
SignedIn = Annotated[Person, Depends(signed_in)]
OPEN = [Depends(anybody)]


def registers(vaiti: Vaiti, caller: Caller) -> Scope:
    """Return the registers, and perhaps the calls in them, that a caller may know of for what the route asks."""
    return caller.within(vaiti.controllers.scope)


def declared(app: FastAPI) -> Iterator[Declared]:
    """Yield every route with what it asks for. Raises RouteWithoutPermission."""
    for route in iter_route_contexts(app.routes):
        path = route.path or "?"
        if path in FRAMEWORKS_OWN or (path == STATIC and isinstance(route.route, Mount)):
            continue
        dependant: Dependant | None = getattr(route, "dependant", None)
        found = [*_declarations(dependant)] if dependant is not None else []
        if len(found) != 1:
            raise RouteWithoutPermission(f"{path} names {len(found)} permissions, and has to name one.")
        yield Declared(path, frozenset(route.methods or ()), found[0].permission, found[0].open)


def _declarations(dependant: Dependant) -> Iterator[Declared]:
    for each in dependant.dependencies:
        call: Any = each.call
        if hasattr(call, "declares"):
            yield call.declares
        yield from _declarations(each)
