"""What tests of several folders share: servers that they start themselves."""

import os
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import AbstractContextManager, ExitStack
from typing import Any, TypeVar

import pytest
import structlog

from recordings import observability
from tests.postgres import NoPostgres, PostgresServer, running_postgres
from tests.redis_server import NoRedis, RedisServer, running_redis
from tests.s3_server import NoS3Server, S3Server, running_s3_server
from tests.softhsm import NoToken, SoftHsm, running_softhsm

Server = TypeVar("Server")


REFUSED: list[str] = []
# What was logged in the running test and may not be; a refusal in a worker's thread would go unseen otherwise.


def refuse(logger: object, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    try:
        return observability.refuse_unlisted(logger, method, event)
    except observability.Unlisted as wrong:
        REFUSED.append(str(wrong))
        raise


@pytest.fixture(autouse=True)
def _logs_hold_what_is_listed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse an event with a key that is on no list, where production drops it."""
    monkeypatch.setattr(observability, "drop_unlisted", refuse)
    structlog.reset_defaults()  # a command that an earlier test ran has sent the logs to where that test listened
    structlog.configure(processors=[refuse, *structlog.get_config()["processors"]])
    REFUSED.clear()
    yield
    assert not REFUSED


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for all tests of the run. Without PostgreSQL they skip; under CI that is a failure."""
    yield from _one(running_postgres, NoPostgres)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of a fresh database at the newest schema."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """One server for all tests of the run. Without Ceph they skip; under CI that is a failure."""
    yield from _one(running_s3_server, NoS3Server)


@pytest.fixture(scope="session")
def softhsm() -> Iterator[SoftHsm]:
    """One PKCS#11 token for all tests of the run. Without SoftHSM2 they skip; under CI that is a failure."""
    yield from _one(running_softhsm, NoToken)


@pytest.fixture(scope="session")
def one_redis() -> Iterator[RedisServer]:
    """One server for all tests of the run. Without Redis they skip; under CI that is a failure."""
    yield from _one(running_redis, NoRedis)


@pytest.fixture
def redis_server(one_redis: RedisServer) -> RedisServer:
    """The server, empty."""
    if one_redis.process is None:
        one_redis.start()
    one_redis.empty()
    return one_redis


def _one(start: Callable[[], AbstractContextManager[Server]], missing: type[Exception]) -> Iterator[Server]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(start())
        except missing as why:
            if os.environ.get("CI"):
                raise
            pytest.skip(str(why))
        yield server
