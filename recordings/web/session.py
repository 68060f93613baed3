"""The name of the session's cookie, shared by the page that sets it and the guard that reads it."""

COOKIE = "vaiti_session"
