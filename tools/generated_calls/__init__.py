"""Synthetic labelled calls for `vaiti evaluate`: what was said, what a recognizer made of it, and what is personal.

The talk was written from how people speak on the phone and from the formats of the identifiers, by someone who had not
read the rules' word lists. Nobody may tune the one to the other, in either direction: then it measures nothing.
"""
