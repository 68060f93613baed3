"""Trains the small Finnish demo speech model from nothing: texts, synthetic speech, training, conversion, figures."""
