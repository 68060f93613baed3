"""Life cycle, retention and rights; one file per step; the HTTP API and the pages at the edge."""
