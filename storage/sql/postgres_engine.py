"""One way to reach a PostgreSQL server: refused where it cannot keep its promises, and silent about what it was told.

Errors of the server are not repeated: they hold keys and values. What is said is its five-letter SQLSTATE.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from ipaddress import ip_address
from time import monotonic
from typing import Any, Final

from psycopg import Connection, OperationalError
from psycopg.abc import RV, PQGen
from sqlalchemy import Connection as SqlConnection
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, Dialect, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from storage.errors import DatabaseUnfit, Unavailable

LOCK_SECONDS: Final = 20
# How long a statement waits for another's lock, and a thread for a connection, before it says Unavailable.
_CONNECT_SECONDS: Final = 10
SILENT_SECONDS: Final = 30.0
# A server that answers nothing for so long is taken for dead.
_OLDEST: Final = 150000
_CANNOT_NOW: Final = "the database does not answer"
_ABOUT_US: Final = text(
    "SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding,"
    " (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) AS sees_all"
)


def open_postgres(url: str, *, password: str | None = None) -> Engine:
    """Open `postgresql://user:password@host:port/name`; libpq's own settings may follow (`?sslmode=verify-full`).

    `password` goes before the one in the address. Raises DatabaseUnfit, Unavailable; neither repeats the address.
    """
    engine = create_engine(
        read_address(url, password),
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "tcp_user_timeout": int(SILENT_SECONDS * 1000),
            "application_name": "vaiti",
        },
        hide_parameters=True,  # values stay out of error texts
        pool_size=8,
        max_overflow=8,
        pool_timeout=LOCK_SECONDS,
        pool_pre_ping=True,  # a server that was started anew is no error
    )
    event.listen(engine, "do_connect", _connect)
    with closing_what_fails(engine):
        _check(engine)
    return engine


class PatientConnection(Connection[Any]):
    """A connection to a server that may stop answering without closing it: then it is given up.

    The kernel of a stopped server goes on acknowledging, so no time limit of the network's ever ends.
    """

    patience: float | None = SILENT_SECONDS

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for an answer, `patience` seconds at most. Raises OperationalError, and the connection is of no use."""
        began = monotonic()
        try:
            return super().wait(gen, interval=interval, timeout=self.patience if timeout is None else timeout)
        except OperationalError:
            if timeout is None and self.patience is not None and monotonic() - began >= self.patience:
                self.pgconn.finish()  # an answer that comes later would be taken for that to another question
            raise


def _connect(_dialect: Dialect, _record: object, arguments: Sequence[Any], options: Mapping[str, Any]) -> Any:
    return PatientConnection.connect(*arguments, **options)


@contextmanager
def without_haste(connection: SqlConnection) -> Iterator[None]:
    """Let statements on this connection take as long as they need: those that write whole tables anew."""
    inner = connection.connection.driver_connection
    if not isinstance(inner, PatientConnection):
        raise TypeError
    inner.patience = None
    try:
        yield
    finally:
        del inner.patience


@contextmanager
def closing_what_fails(engine: Engine) -> Iterator[None]:
    """Close the engine's connections when the context ends with an error: nobody else will."""
    with ExitStack() as ending:
        ending.callback(engine.dispose)
        yield
        ending.pop_all()


def _check(engine: Engine) -> None:
    """Ask the server what it is, and what we are there. Raises DatabaseUnfit, Unavailable."""
    with answering(), engine.connect() as connection:
        us = connection.execute(_ABOUT_US).one()
    if us.version < _OLDEST:
        raise DatabaseUnfit("PostgreSQL 15 or newer is needed")
    if us.encoding != "UTF8":
        raise DatabaseUnfit("the PostgreSQL database must be made with ENCODING 'UTF8'")
    if us.sees_all:
        raise DatabaseUnfit(
            "the PostgreSQL role is a superuser or has BYPASSRLS: row security would not hold for it. "
            "Give the service a role of its own"
        )


@contextmanager
def answering() -> Iterator[None]:
    """Turn a server that does not answer into Unavailable, and a value that no column takes into ValueError.

    Broken constraints stay IntegrityError. None of them holds what the server wrote.
    """
    try:
        yield
    except IntegrityError as fault:
        raise IntegrityError("", None, ValueError(_state(fault))) from None
    except DataError as fault:
        raise ValueError(f"a value does not fit the database ({_state(fault)})") from None
    except DBAPIError as fault:
        raise Unavailable(f"{_CANNOT_NOW} ({_state(fault)})") from None
    except (NoConnectionFree, OSError):
        raise Unavailable(_CANNOT_NOW) from None


def vacuum(engine: Engine, *tables: str, anew: bool = False) -> None:
    """Give back what deleted rows held; `anew` writes the tables and their indexes again from their live rows.

    Raises Unavailable when somebody uses a table for too long.
    """
    options = "FULL" if anew else "INDEX_CLEANUP ON"
    with (
        answering(),
        engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection,
        without_haste(connection),
    ):
        connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        try:
            connection.exec_driver_sql(f"VACUUM ({options}) {', '.join(tables)}")
        finally:
            connection.exec_driver_sql("RESET lock_timeout")


def read_address(url: str, password: str | None) -> URL:
    """Read an address; `password` goes before the one in it. Raises DatabaseUnfit, which does not repeat it."""
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):  # their texts repeat the address
        raise DatabaseUnfit("the database's address cannot be read: postgresql://USER@HOST/NAME") from None
    if address.host and "sslmode" not in address.query and not _is_here(address.host):
        address = address.update_query_dict({"sslmode": "require"})  # libpq's own default goes without, when asked to
    return address if password is None else address.set(password=password)


def _is_here(host: str) -> bool:
    """Tell whether a host is this machine: then nothing goes over a network."""
    if host == "localhost" or host.startswith("/"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _state(fault: DBAPIError) -> str:
    return str(getattr(fault.orig, "sqlstate", None) or "no connection")
