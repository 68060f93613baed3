"""The heavy engines behind the protocols of `recordings/engines.py`: codecs, the speech model, the tone."""

import os

# Version 1.31 of onnxruntime, which finds where somebody speaks, reports its use to its maker from the moment that it
# is loaded, whatever `disable_telemetry_events` is told later. Nothing leaves this machine that its user did not send.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # noqa: TID251 - written for a library, before it is loaded
