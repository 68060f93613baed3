"""Makes the sample calls in `workers/samples`: synthetic people, synthetic voices, true times."""
