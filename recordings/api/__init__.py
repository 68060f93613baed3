"""The HTTP edge: what comes in is checked and handed to a step; what goes out was made from masked data."""
