"""The larger Finnish towns: said after a street or a postal code they complete an address."""

from __future__ import annotations

from redaction.wordlist import word_set

TOWNS = word_set(
    """
    helsinki espoo tampere vantaa oulu turku jyväskylä kuopio lahti pori kouvola joensuu lappeenranta
    hämeenlinna vaasa seinäjoki rovaniemi mikkeli kotka salo porvoo kokkola hyvinkää lohja järvenpää rauma
    kajaani kerava savonlinna nokia ylöjärvi kangasala vihti riihimäki raisio imatra raahe sastamala hollola
    lempäälä iisalmi siilinjärvi varkaus heinola asikkala orimattila nastola leppävirta suonenjoki maaninka
    kirkkonummi tuusula sipoo
    """
)


def is_town(word: str) -> bool:
    """Tell whether a lower-case word is a town on the list, perhaps with a short case ending ("kuopiossa")."""
    return word in TOWNS or any(word[:-cut] in TOWNS for cut in (1, 2, 3) if len(word) - cut >= 4)
