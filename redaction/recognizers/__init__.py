"""Presidio recognizers, one identifier a file. The only place that imports presidio (1.5 s, 97 MB): import it late."""
