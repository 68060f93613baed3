"""Trains the small Finnish demo speech model from nothing: text grammar, synthetic speech, training, conversion, figures."""
