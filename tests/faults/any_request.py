"""Requests by the service's own document of its API (T27): those that it allows, and some that it does not."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from recordings.api.app import create_app
from recordings.factory import Vaiti

DOCUMENT = "/api/v1/openapi.json"
HOST = "http://127.0.0.1:8470"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SHORTEST = 6
# Letters of a value that is looked for in answers: shorter ones are in every text by chance.


def try_all(vaiti: Vaiti, ids: Mapping[str, Iterable[str]], *, examples: int, derandomize: bool) -> int:
    """Make so many requests of each kind to each operation; half of the ids in addresses exist. Returns how many."""
    app, count = create_app(vaiti), 0
    headers = {"Authorization": f"Bearer {vaiti.settings.read_token()}"}
    schema = schemathesis.openapi.from_asgi(DOCUMENT, app, headers={"Host": "127.0.0.1"})
    ours = str(schema.raw_schema)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)  # the document describes each operation as it should
        operation = found.ok()
        known = st.fixed_dictionaries(
            {}, optional={name: st.sampled_from(sorted(those)) for name, those in ids.items() if those}
        )
        cases = st.one_of([operation.as_strategy(mode) for mode in GenerationMode])

        @settings(
            max_examples=examples,
            deadline=None,
            derandomize=derandomize,
            database=None,
            phases=[Phase.generate, *([] if derandomize else [Phase.shrink])],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=cases, there=known)
        def ask(case: Case[Any], there: dict[str, str]) -> None:
            nonlocal count
            count += 1
            for name in case.path_parameters.keys() & there.keys():
                case.path_parameters[name] = there[name]
            answer = case.call(base_url=HOST, headers=headers)
            case.validate_response(answer, checks=CHECKS)
            if answer.status_code >= 400:
                told = [value for value in values(case) if value in answer.text and value not in ours]
                assert not told, (case.method, case.path, answer.status_code)

        ask()
    return count


def values(case: Case[Any]) -> Iterator[str]:
    """Every text of a request that is long enough to be found again."""
    yield from _texts([case.path_parameters, case.query, case.body])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and len(value.strip()) >= SHORTEST:
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _texts(name)
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
