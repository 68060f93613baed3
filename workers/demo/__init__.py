"""`vaiti demo`: the whole life of six made-up calls, told while it happens."""
