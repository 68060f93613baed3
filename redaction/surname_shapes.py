"""Surnames that no list need hold, by what they are made of: two words of nature, -nen, -qvist, -enko; in any case.

A surname of such a shape is a sign of its own; towns and the compounds and adjectives of everyday talk are not among
them ("Lappeenranta", "uimaranta", "punainen").
"""

from __future__ import annotations

import re

from redaction.dictionary import is_word
from redaction.everyday import is_everyday
from redaction.municipalities import is_municipality
from redaction.wordlist import word_list, word_set

_TAILS = tuple(
    word_list(
        "niemi nieme järvi järve lahti lahde lahte mäki mäe mäke salo aho korpi korve korpe vaara kangas kankaa ranta "
        "ranna kallio kivi kive koski kose koske harju lampi lamme lampe lehto lehdo joki joe joke virta virra pelto "
        "pello saari saare saar salmi salme luoma niitty niity kylä rinne rintee laakso vuori vuore vuor notko noro "
        "puro luoto kuru kaski kaske suo oja vainio metsä hauta hauda suvanto suvanno selkä selä nummi numme"
    )
)
_CASES = "n lla llä lle lta ltä ssa ssä sta stä a ä ta tä hin hun lan ksi na nä nkin".split()
_HEAD, _LONGEST_HEAD, _WHOLE = 3, 9, 6
# Letters before the second part (longer ones are compounds: "tilausvesivirta"), and of a whole word in -nen.
_TAIL_FORMS = frozenset({*_TAILS, *(tail + case for tail in _TAILS for case in _CASES)})
_TAIL_LENGTHS = tuple(sorted({len(form) for form in _TAIL_FORMS}))
_NEN = re.compile(r"(.*)(?:nen|se(?:n|lla|llä|lle|lta|ltä|ssa|ssä|sta|stä|ksi|na|nä|en)|sta|stä|set|sien)")
_INEN = re.compile(r".{2,}i(?:nen|sen|sta|stä|set|sia|siä|sten|selle|sella|sellä|selta|seltä|sessa|sessä|sesta|sestä)")
_ADJECTIVE = re.compile(
    r".*(?:lli|ttai|ttäi|kertai|aikai|puoli|vuoti|päiväi|tunti|moi|mmoi|kokoi|näköi|suuntai|peräi|määräi|ikäi|henki"
    r"|hintai|mieli|tekoi|luontei|laatui|kaltai|arvoi|mai|mäi|sanai|ihmi|hevo|nai|joka[i]?|pikkui|vaihei|astei|paikkai"
    r"|perhei|kui|viikkoi|kieli|nlai|ilai|llai|seni|[aeouyäö]mi|puna|kelta|valko|semmo|tämmö|tommo|tuommo|viime|sini|toi"
    r"|pieno|vihree|kulta|muovi|puui|metalli|rauhai|sisäi|ulkoi|yläi|taka[i]?|etui|keski|lähi|päällimmäi|immäi"
    r"|kymppi|pikku|painoi?|kuuloi?|tahti|pyrstöi?|kätii?|jalkai?|tukkai?|silmäi?|kuntoi?|muotoi?|värii?|tehoi?"
    r"|kohtai|mukai|numeroi|kerroksi|omai|vihai|ikui|iloi|yhtei|vierei|kuumei|nykyi|entis|sairai|ensi|edelli)"
)
_ACTOR = re.compile(r".{2,}[ou]oja(?:n|lla|lle|lta|ssa|sta|a|ksi|na)?")
_NO_NAME = word_set(
    """
    uimaranta hiekkaranta uimarannalla uimarannan kotiranta maailma pihamaa lastenniemi avosuo takapelto perunapelto
    viljapelto sänkipelto lähimetsä takametsä kuusimetsä koivukuja hautakivi merenlahti kalliokallio tulivuori
    kotisaari mökkisaari pankkivirta tasavirta vaihtovirta sähkövirta verkkovirta vikavirta ylivirta nimellisvirta
    rahavirta kotikylä kirkonkylä lomakylä keskikylä naapurikylä maalaiskylä joukkohauta vastavirta ilmavirta
    """
)
_HOMES = word_set("koti vika tasa vaihto yli peruna vilja kesä mökki lähi taka raja sala maa uima hiekka")
# First parts that make an everyday compound or a company: "Kotivirta", "vikavirta", "perunapelto".
_SWEDISH = re.compile(
    r".{3,}(?:[qk]vist|ström|berg|bergh|lund|holm|gren|roos|stedt|gård|blom|sson|dahl|back|backa|malm|mark|sjö)"
    r"(?:i?(?:n|lla|llä|lle|lta|ltä|a|ä|s))?"
)
_ELSEWHERE = re.compile(
    r"(?:al-.{3,}|.{3,}(?:enko|wski|wska|owski|owska|ovski|inski|inska|sky|ovich|ovitš|evich|czyk|oglu|ović|ević|yan"
    r"|zadeh|escu|chenko|ova|eva|kova|nova))(?:i?(?:n|lla|llä|lle|lta|ltä|a|ä))?"
)


def has_surname_shape(word: str) -> bool:
    """Tell whether a lower-case word is made as surnames are, whatever its case ending."""
    if len(word) < _WHOLE or word in _NO_NAME or is_everyday(word) or is_municipality(word):
        return False
    if _INEN.fullmatch(word) and is_word(word):
        return False  # "mukainen", "riitaisen": an adjective; surnames that are one are listed
    if "-" in word:
        head, _, tail = word.rpartition("-")
        return word.startswith("al-") or (head in {"ala", "yli", "iso", "vähä", "keski", "uusi"} and len(tail) >= 4)
    return (_of_nature(word) and not _acts(word)) or _in_nen(word) or _from_elsewhere(word)


def _acts(word: str) -> bool:
    """Tell whether a word in -oja is somebody who does something and no ditch: "nuohooja", "maahantuojalta"."""
    return _ACTOR.fullmatch(word) is not None and is_word(word)


def _of_nature(word: str) -> bool:
    return any(
        _HEAD <= len(word) - length <= _LONGEST_HEAD and word[-length:] in _TAIL_FORMS and _is_head(word[:-length])
        for length in _TAIL_LENGTHS
    )


def _is_head(head: str) -> bool:
    """Tell whether what stands before the second part can be the first: no ending stands within a name."""
    return head not in _HOMES and head[-1] in "aeiouyåäönsrl" and not head.endswith(("ssa", "sta", "lla", "lle"))


def _in_nen(word: str) -> bool:
    match = _NEN.fullmatch(word)
    if match is None or len(match[1]) < _HEAD or _ADJECTIVE.fullmatch(match[1]):
        return False
    if word.endswith("nen"):
        return len(word) >= _WHOLE and match[1][-1] in "aeiouyäöl"
    oblique = word.endswith(("sen", "selle", "selta", "seltä", "sella", "sellä"))
    return oblique and match[1][-1] in "aeiouyäöl" and len(match[1]) >= _HEAD + 1


def _from_elsewhere(word: str) -> bool:
    return _SWEDISH.fullmatch(word) is not None or (len(word) >= 7 and _ELSEWHERE.fullmatch(word) is not None)
