"""How much of the personal data in labelled calls is masked, how much else, and what the same calls cost others."""
