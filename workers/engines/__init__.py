"""The heavy engines behind the protocols of `recordings/engines.py`: codecs, the speech model, the tone."""
