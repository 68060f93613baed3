"""Finnish number words in all their forms, as one table of text.

Standard and colloquial cardinals, their names ("seiska", "vitonen") and multipliers, in the cases that speech uses
(domain.md 2.4; standard forms after the Kielitoimisto grammar, colloquial ones after "Colloquial Finnish numerals").
A line is `kind value case:form,form case:form`. Kinds: Z zero, U unit, NAME a digit's name, KYM ten, TOISTA "-teen",
SATA hundred, TUHAT thousand. Case `col` is a short form that may stand alone or before a multiplier; `colpar` the
same for a multiplier; `npar` marks partitives that a count may precede ("neljä ysiä").
"""

from __future__ import annotations

from redaction.numbers.kinds import Morph

_TABLE = """
Z 0 col:noll,nolla,nollaa nom:nolla par:nollaa ill:nollaan tra:nollaksi ade:nollalla all:nollalle abl:nollalta
Z 0 gen:nollan ess:nollana ine:nollassa ela:nollasta
U 1 tra:yhdeksi all:yhdelle,yhelle ade:yhdellä,yhellä abl:yhdeltä,yheltä gen:yhden,yhen ine:yhdessä,yhessä
U 1 ela:yhdestä,yhestä par:yht,yhtä ill:yhteen ess:yhtenä col:yks,yksi nom:yksi
U 2 tra:kahdeksi ade:kahdella,kahella all:kahdelle,kahelle abl:kahdelta,kahelta gen:kahden,kahen
U 2 ine:kahdessa,kahessa ela:kahdesta,kahesta par:kahta ill:kahteen ess:kahtena col:kaks,kaksi nom:kaksi
U 3 col:kol,kolm,kolome nom:kolme par:kolmea,kolmee ill:kolmeen tra:kolmeksi ade:kolmella all:kolmelle
U 3 abl:kolmelta gen:kolmen ess:kolmena ine:kolmessa ela:kolmesta
U 4 col:nel,nelijä,neliä,nelj,neljä par:nelijää,neljää nom:neljä tra:neljäksi all:neljälle ade:neljällä
U 4 abl:neljältä gen:neljän ess:neljänä ine:neljässä ela:neljästä ill:neljään
U 5 tra:viideksi all:viidelle,viielle ade:viidellä,viiellä abl:viideltä,viieltä gen:viiden,viien,viijen
U 5 ine:viidessä,viiessä ela:viidestä,viiestä col:viis nom:viisi par:viit,viittä ill:viiteen ess:viitenä
U 6 tra:kuudeksi ade:kuudella,kuuella all:kuudelle,kuuelle abl:kuudelta,kuuelta gen:kuuden,kuuen,kuuven
U 6 ine:kuudessa,kuuessa ela:kuudesta,kuuesta col:kuus nom:kuusi ill:kuuteen ess:kuutena par:kuutta
U 7 col:seis,seiska,seit,seitemän,seitsem,seitsemä,seittemä,seittemän,seitten,seittämä,seittämän tra:seitsemäksi
U 7 all:seitsemälle,seittemälle ade:seitsemällä,seittemällä abl:seitsemältä,seittemältä gen:seitsemän,seittemän
U 7 nom:seitsemän ess:seitsemänä ine:seitsemässä,seittemässä ela:seitsemästä,seittemästä par:seitsemää,seittemää
U 7 ill:seitsemään,seittemään
U 8 col:kahdeksa,kaheks,kaheksa,kaheksan,kahes,kahreksan,kasi par:kahdeksaa,kaheksaa ill:kahdeksaan,kaheksaan
U 8 tra:kahdeksaksi ade:kahdeksalla,kaheksalla all:kahdeksalle,kaheksalle abl:kahdeksalta,kaheksalta
U 8 gen:kahdeksan,kaheksan nom:kahdeksan ess:kahdeksana ine:kahdeksassa,kaheksassa ela:kahdeksasta,kaheksasta
U 9 col:yhdeksä,yheks,yheksä,yheksän,yhes,yhreksän,ysi tra:yhdeksäksi all:yhdeksälle,yheksälle
U 9 ade:yhdeksällä,yheksällä abl:yhdeksältä,yheksältä gen:yhdeksän,yheksän nom:yhdeksän ess:yhdeksänä
U 9 ine:yhdeksässä,yheksässä ela:yhdeksästä,yheksästä par:yhdeksää,yheksää ill:yhdeksään,yheksään
NAME 1 name:ykkönen,ykkös,ykköseen,ykköseksi,ykköselle,ykkösellä,ykköseltä,ykkösen,ykkösenä,ykkösessä,ykkösestä
NAME 1 name:ykköstä
NAME 2 name:kakkonen,kakkos,kakkoseen,kakkoseksi,kakkosella,kakkoselle,kakkoselta,kakkosen,kakkosena,kakkosessa
NAME 2 name:kakkosesta,kakkosta
NAME 3 name:kolmonen,kolmos,kolmoseen,kolmoseksi,kolmosella,kolmoselle,kolmoselta,kolmosen,kolmosena,kolmosessa
NAME 3 name:kolmosesta,kolmosta
NAME 4 name:nelonen,nelos,neloseen,neloseksi,nelosella,neloselle,neloselta,nelosen,nelosena,nelosessa,nelosesta
NAME 4 name:nelosta
NAME 5 name:femma,viitonen,viitos,viitoseen,viitoseksi,viitosella,viitoselle,viitoselta,viitosen,viitosena
NAME 5 name:viitosessa,viitosesta,viitosta,vitonen,vitos,vitoseen,vitoseksi,vitosella,vitoselle,vitoselta
NAME 5 name:vitosen,vitosena,vitosessa,vitosesta,vitosta
NAME 6 name:kutonen,kutos,kutoseen,kutoseksi,kutosella,kutoselle,kutoselta,kutosen,kutosena,kutosessa,kutosesta
NAME 6 name:kutosta,kuutonen,kuutos,kuutoseen,kuutoseksi,kuutosella,kuutoselle,kuutoselta,kuutosen,kuutosena
NAME 6 name:kuutosessa,kuutosesta,kuutosta
NAME 7 name:seiska,seiskaa,seiskaan,seiskaksi,seiskalla,seiskalle,seiskalta,seiskan,seiskana,seiskassa,seiskasta
NAME 8 name:kahdeksikko,kaheksikko,kasi,kasia,kasiin,kasiksi,kasilla,kasille,kasilta,kasin,kasina,kasissa
NAME 8 name:kasista
NAME 9 name:yhdeksikkö,yheksikkö,ysi,ysiin,ysiksi,ysille,ysillä,ysiltä,ysin,ysinä,ysissä,ysistä,ysiä
KYM 10 col10:kybä,kymmene,kympin,kymppi,kymppiä ill:kymmeneen tra:kymmeneksi all:kymmenelle ade:kymmenellä
KYM 10 abl:kymmeneltä gen:kymmenen nom:kymmenen ess:kymmenenä ine:kymmenessä ela:kymmenestä
KYM 10 colpar:kymment,kymmentä,kymp,kyntä,kyt,kytä par:kymmentä
TOISTA 0 col:toi,toist,too nom:toista
SATA 100 tra:sadaksi ade:sadalla all:sadalle abl:sadalta gen:sadan ine:sadassa ela:sadasta nom:sata
SATA 100 par:sataa,satoo,sattaa ill:sataan ess:satana name:satanen
TUHAT 1000 nom:tonni,tuhat par:tonnia,tuhatt,tuhatta gen:tonnin,tuhannen tra:tuhanneksi ade:tuhannella
TUHAT 1000 all:tuhannelle abl:tuhannelta ine:tuhannessa ela:tuhannesta ill:tuhanteen ess:tuhantena
"""

_COUNTABLE = (
    "nollaa ykköstä kakkosta kolmosta nelosta viitosta vitosta femmaa kuutosta kutosta seiskaa kasia ysiä ykkösiä "
    "kakkosia kolmosia nelosia viitosia vitosia kutosia kuutosia seiskoja kaseja ysejä nollia"
)
# Partitives after a count: "viis nollaa" is 00000. The plurals are how people say it when they are not counting.

_PLURALS = (
    "ykkösiä:1 kakkosia:2 kolmosia:3 nelosia:4 viitosia:5 vitosia:5 kutosia:6 kuutosia:6 seiskoja:7 kaseja:8 ysejä:9 "
    "nollia:0 femmaa:5"
)


def read_table() -> dict[str, Morph]:
    """Return form -> morph. A form that is both a unit and a name ("kasi") is a unit with both's cases."""
    cases: dict[str, set[str]] = {}
    kinds: dict[str, tuple[str, int]] = {}
    for line in _TABLE.strip().splitlines():
        kind, value, *columns = line.split()
        for column in columns:
            case, _, forms = column.partition(":")
            for form in forms.split(","):
                cases.setdefault(form, set()).add(case)
                if kinds.get(form, ("NAME", 0))[0] == "NAME":
                    kinds[form] = (kind, int(value))
    for pair in _PLURALS.split():
        form, _, value = pair.partition(":")
        kinds[form] = ("NAME" if value != "0" else "Z", int(value))
        cases.setdefault(form, set()).add("name")
    for form in _COUNTABLE.split():
        cases[form].add("npar")
    return {form: Morph(*kinds[form], frozenset(cases[form])) for form in kinds}


MORPHS = read_table()
LONGEST = max(map(len, MORPHS))
