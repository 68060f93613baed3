"""Words in, plan out; plan plus words or samples in, masked words or samples out.

Pure: no file, socket, clock, log or environment. Values in, values out, so that every promise about masking
can be tested without a service. `redaction.recognizers` is the only place that imports presidio.
"""
