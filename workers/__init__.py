"""Processes and heavy engines: the command line, the worker, and the only importers of speech models and codecs."""
