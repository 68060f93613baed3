"""What storage can answer instead of a value. The text never holds a reference, a call id or a path."""

from __future__ import annotations


class StorageError(Exception):
    """Storage could not do it."""

    slug = "storage-fault"

    def __init__(self, detail: str | None = None) -> None:
        """`detail` replaces the class's text; it must not hold a value either."""
        super().__init__(detail or (type(self).__doc__ or "").strip())


class NotFound(StorageError):
    """There is no such thing in this scope."""

    slug = "not-found"


class Conflict(StorageError):
    """Something else is already stored under this key."""

    slug = "conflict"


class LostClaim(StorageError):
    """Somebody else owns this work now (purged, or taken over after the lease): drop what was made."""

    slug = "lost-claim"


class IllegalMove(StorageError):
    """That stage may not follow this one (`storage.lifecycle.MOVES`); nothing was changed."""

    slug = "illegal-move"


class Held(StorageError):
    """A hold stops the deletion of this recording; `vaiti hold list` says which."""

    slug = "held"


class Tampered(StorageError):
    """A sealed object is not what was written last: changed, cut, reordered, swapped, older, or under another key."""

    slug = "tampered"


class KeyGone(StorageError):
    """The key was destroyed; what it sealed cannot be read again."""

    slug = "key-gone"


class KeysUnusable(StorageError):
    """The root key does not open this key store. Nothing was written; give the key that made it."""

    slug = "keys-unusable"


class RootKeyNeeded(KeysUnusable):
    """Only a person can give the next root key: write it after the present one in VAITI_ROOT_KEY, then run it again."""

    slug = "root-key-needed"


class DatabaseUnfit(StorageError):
    """The database is not one that can be used; nothing was written."""

    slug = "database-unfit"


class Unavailable(StorageError):
    """The store does not answer; try again later."""

    slug = "storage-unavailable"


class NoRoom(Unavailable):
    """The disk is full: nothing more can be written. Make room; a purge still works."""

    slug = "no-room"


class StoreRefused(Unavailable):
    """The store refuses: its keys, its rights or its settings are not what Vaiti needs. `vaiti doctor` says more."""

    slug = "storage-refused"
