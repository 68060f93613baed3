"""What tests of several folders share: servers that they start themselves."""

import os
from collections.abc import Iterator

import pytest

from tests.postgres import NoPostgres, PostgresServer, running_postgres
from tests.s3_server import NoS3Server, S3Server, running_s3_server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for all tests of the run. Without PostgreSQL they skip; under CI that is a failure."""
    try:
        starting = running_postgres()
        server = starting.__enter__()
    except NoPostgres as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))
    try:
        yield server
    finally:
        starting.__exit__(None, None, None)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of a fresh database at the newest schema."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """One server for all tests of the run. Without Ceph they skip; under CI that is a failure."""
    starting = running_s3_server()
    try:
        server = starting.__enter__()
    except NoS3Server as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))
    try:
        yield server
    finally:
        starting.__exit__(None, None, None)
