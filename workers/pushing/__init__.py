"""Pushing many files from where calls are recorded: a watched folder, or an archive with a manifest (ADR 0035)."""
