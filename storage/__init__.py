"""All that outlives a process: database, objects, keys, search index, audit log, receipts. Ports first, adapters beside them."""
