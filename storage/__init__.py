"""All that outlives a process: database, objects, keys, index, audit log, receipts. Ports first, adapters beside."""
