"""What tests of several folders share: servers that they start themselves."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import TypeVar

import pytest

from tests.postgres import NoPostgres, PostgresServer, running_postgres
from tests.s3_server import NoS3Server, S3Server, running_s3_server
from tests.softhsm import NoToken, SoftHsm, running_softhsm

Server = TypeVar("Server")


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


def _one(start: Callable[[], AbstractContextManager[Server]], missing: type[Exception]) -> Iterator[Server]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(start())
        except missing as why:
            if os.environ.get("CI"):
                raise
            pytest.skip(str(why))
        yield server
