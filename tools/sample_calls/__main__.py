"""`python -m tools.sample_calls`: write the sample calls."""

from tools.sample_calls.build import main

main()
