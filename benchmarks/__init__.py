"""Speed as ratios, measured side by side in one run: Vaiti and what people would use instead, in turn.

A time alone says more about the machine than about the program. So every row is a pair (ours, theirs), run A B A B,
and what counts is the median of the ratios. `python -m benchmarks` prints the table.
"""
