"""Root keys for tests: in memory, as a file or the environment gives them."""

from collections.abc import Sequence

from storage.root_keys import LocalRootKeys

ROOT = bytes(range(32))


def in_memory(*keys: bytes) -> LocalRootKeys:
    """Return root keys (ROOT where none is given) that can be rotated, and are gone with the test."""
    held: list[bytes] = list(keys or (ROOT,))

    def write(others: Sequence[bytes]) -> None:
        held[:] = others

    return LocalRootKeys(read=lambda: list(held), write=write)
