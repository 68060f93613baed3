"""Identifiers, one a module, each with `compact`, `validate` and `is_valid`, as python-stdnum's modules have.

`validate` raises `BadFormat` (no value in it). A failed check never means "not an identifier" here: recognizers ask
for the label it gives, and find the number all the same (design.md, decision 2).
"""
