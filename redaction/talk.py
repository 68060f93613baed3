"""What a call is about, by cue words in Finnish, Swedish and English: stems, since speech is inflected.

Three classes of talk can be masked where a controller asks for it: the sentence with the cue, and the answer where it
asks. Three topics make a call one that staff may not see until a privacy officer has decided.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from redaction.candidates import WEAK, Candidate
from redaction.model import Word
from redaction.stretches import answer, asks, sentence
from redaction.wordlist import word_list


class Talk(StrEnum):
    """Classes of talk that can be masked; off unless a controller switches one on. The values are entity types."""

    CONSUMPTION = "CONSUMPTION_TALK"
    HOUSEHOLD = "HOUSEHOLD_TALK"
    PAYMENT = "PAYMENT_TALK"


class Topic(StrEnum):
    """What keeps a call from staff until a privacy officer decides."""

    HEALTH = "health"
    SOCIAL = "social"
    CRISIS = "crisis"


_CUES: Mapping[str, str] = MappingProxyType(
    {
        Talk.CONSUMPTION: """
            kulutu[st] kulutta(?!j) kilowatti megawatti kwh lämmit lämpöpump ilmalämpö maaläm kaukoläm öljyläm sähköläm
            lattialäm takka(?:a|ssa|lla)?\\b takan\\b takat\\b kiuka kiuas sauno saunan\\b lämminvesivaraaj varaaja
            aurinkopaneel aurinkosähk latausasem sähköauto
            förbruk uppvärm värmepump jordvärm fjärrvärm oljeeld solpanel golvvärm kilowatt elbil
            consum(?!er) heating heat[ ]pump solar[ ]panel electric[ ]car
            """,
        Talk.HOUSEHOLD: """
            omakotital rivital kerrostal parital neliö asukk?a[as] asukkai meitä[ ]on kotitalou perhe laps[ie] lapsen
            vaimo mieheni miehensä avopuoliso avomie puoliso vuokral vuokranant yksin[ ]asu asu\\w*[ ]yksin lemmik
            hushåll barn familj maka sambo egnahemshus radhus höghus kvadrat hyresgäst
            household famil child kids husband wife spouse tenant landlord square[ ]met
            """,
        Talk.PAYMENT: """
            luotto maksuhäiri perintä perinnä perintöön ulosot maksusuunnit maksuaik eräpäiv erään(?:ty|ny) maksamat
            maksumuist maksuhuom maksukeho velka vela[nt]\\b veloissa velko vakuusmaks takuumaks
            osamaks lain(?:a|aa|an|oja|at)\\b
            ei[ ]ole[ ]vara sähkö\\w*[ ]katkais viivästyskor
            betalningsan inkass utsök utmät skuld kreditup betalningspl förfall försen påminnel avbetal lån(?:et|en)?\\b
            credit debt collection[ ]agen bailiff payment[ ]plan overdue arrears instal?lment loan
            """,
        Topic.HEALTH: """
            sairau saira[as] sairast sairaal lääkär lääki lääke lääkkee diagnoos leikkau syöpä syövä diabee diabet
            insuliin astma epileps masennu masentu mielentervey mielenterveys psyk dement muistisair alzheimer parkinson
            hengityskone hengityslait happikone happirikast dialyysi sydänvi sydänkoh infarkt aivoinfark halvau halvaan
            vammai vammau invalid liikuntaray pyörätuol raskaan[a]\\b raskaus keskenmen työkyvyttö kotisairaanh kotihoi
            omaishoi uniapnea hoitokod hoitokot kuntoutu allergi
            sjukdom sjuk\\b sjuka\\b sjukhus sjukskriv sjukpens läkar medicin diagnos cancer dialys respirator
            hjärtinfarkt hjärtfel depress demens rullstol gravid handikap funktionsned hemsjukv astma
            illness sick\\b hospital doctor medicat diagnos cancer insulin ventilator life[ ]support oxygen
            heart[ ]attack stroke\\b mental[ ]health wheelchair pregnan disabilit disabled surgery home[ ]care
            """,
        Topic.SOCIAL: """
            toimeentulotu toimeentulotue sosiaalitoim sosiaalityö sosiaalivir sosiaalipalv työtön työttöm lomautet
            lastensuojel huostaan edunvalvo velkajärjest velkaneuvon asunnottom koditon koditto vankil päihde päihtei
            alkohol huume avioer turvapaik pakolai kela(?:lta|sta|n[ ]tu\\w*)\\b
            arbetslös socialbidr utkomststöd socialby socialarb socialtjänst barnskydd intressebevak skuldsaner hemlös
            fängelse missbruk skilsmäs flykting
            unemploy income[ ]support social[ ](?:service|work|welfare) child[ ]protection guardianship homeless prison
            addict alcohol drugs\\b divorce refugee
            """,
        Topic.CRISIS: """
            itsemur itsetuho tappa\\w*[ ]itse en[ ]jaksa[ ](?:enää|elää) halua\\w*[ ]kuolla halua\\w*[ ]elää väkival
            pahoinpid pahoinpit lähestymiskiel turvakiel turvakiell turvakod turvakot raiska uhkail uhkaa\\w*[ ]tappa
            vainoa vainot hyväksikäyt kriisipuhel
            självmord inte[ ]leva orkar[ ]inte[ ](?:mer|längre|leva) våld misshand besöksförbud spärrmark skyddshem
            hotar[ ]mig
            suicid kill[ ]myself want[ ]to[ ]die end[ ]my[ ]life violen abus(?:e|iv) assault restraining[ ]order
            threaten\\w*[ ]me women's[ ]shelter
            """,
    }
)


def find_talk(words: Sequence[Word], classes: Collection[str]) -> list[Candidate]:
    """Return the sentences of these classes, and the answers to those that ask."""
    found: list[Candidate] = []
    for kind in sorted(classes):
        for index in _cues(words, kind):
            first, last = sentence(words, index)
            spans = [(first, last)]
            answered = answer(words, last) if asks(words, last) else None
            for begin, end in (*spans, *([answered] if answered else [])):
                found.append(
                    Candidate(
                        type=kind, channel=words[begin].channel, first=begin, last=end, score=WEAK, why=("talk-class",)
                    )
                )
    return found


def find_topics(words: Sequence[Word]) -> tuple[Topic, ...]:
    """Return which sensitive topics a call's words name, in order. Which words they were is nowhere kept."""
    return tuple(topic for topic in Topic if next(_cues(words, topic), None) is not None)


@cache
def _expression(kind: str) -> re.Pattern[str]:
    # [ ] stands for the space of a cue of several words: the list is parted at spaces
    return re.compile(rf"(?<!\w)(?:{'|'.join(each.replace('[ ]', ' ') for each in _split(_CUES[kind]))})")


def _split(cues: str) -> list[str]:
    return [each.replace("\0", "[ ]") for each in word_list(cues.replace("[ ]", "\0"))]


def _cues(words: Sequence[Word], kind: str) -> Iterator[int]:
    """Yield the first word of each cue, speaker by speaker, so that the other's "joo" parts no cue of several words."""
    for channel in sorted({word.channel for word in words}):
        mine = [index for index, word in enumerate(words) if word.channel == channel and not word.text.startswith("[")]
        texts = [words[index].text.lower().strip(".,!?…") for index in mine]
        starts, at = [], 0
        for text in texts:
            starts.append(at)
            at += len(text) + 1
        for match in _expression(kind).finditer(" ".join(texts)):
            yield mine[bisect_right(starts, match.start()) - 1]
