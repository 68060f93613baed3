"""Five short calls. `A:` agent, `C:` customer; `[TYPE words]` marks personal data, commas and stops are pauses.

Every identifier belongs to nobody: temporary identity codes (900 to 999), the phone number 040 123 4567, the ECBS
example account, the test card 4111..., example.fi, and invented customer and metering numbers.
"""

SERVICE = """
A: kuntaenergian asiakaspalvelussa [AGENT sanna], hyvää huomenta, kuinka voin olla avuksi?
C: no huomenta, täällä on [PERSON matti meikäläinen]. mulle tuli semmonen iso tasauslasku ja ihmettelen vähän sitä summaa.
A: katsotaan se heti. ihan aluksi tarvitsisin teidän henkilötunnuksen.
C: joo, se on [HETU kolmetoista kymmenen viisikymmentäkaksi viiva yhdeksän kolme nolla vee].
A: kiitos. eli [HETU yks kolme yks nolla viis kaks miinus yheksän kolme nolla vee], menikö se oikein?
C: meni joo.
A: onko asiakasnumeroa siinä laskussa?
C: on, [CUSTOMER_NUMBER tupla nolla seiska kasi ysi kakskytkolme].
A: hyvä. teidän vuosikulutus on ollut kaksituhatta kolmesataaneljä kilowattituntia ja arvio oli pienempi.
C: ahaa, no sitten mä ymmärrän. paljonko sitä nyt on maksettavaa?
A: sata kaksikymmentäkuusi euroa neljäkymmentä senttiä, ja eräpäivä on viidestoista joulukuuta.
C: saako sen kahdessa erässä?
A: totta kai saa. mihin numeroon voin laittaa siitä tekstiviestin?
C: [PHONE nolla neljäkymmentä yks kaks kolme neljä viis kuus seittemän].
A: [PHONE nolla neljä nolla, yksi kaksi kolme, neljä viisi kuusi seitsemän], kirjasin sen ylös.
C: kiitoksia oikein paljon, kuulemiin.
A: kiitos teille, hyvää viikonloppua.
"""

DIRECT_MARKETING = """
A: päivää, [AGENT teemu] järvisähköltä täällä hei. puhunko nyt [PERSON anna esimerkin] kanssa?
C: joo, minä olen [PERSON anna esimerkki]. mitäs asia koskee?
A: meillä olisi vanhoille asiakkaille kahden vuoden kiinteä hinta, kuusi pilkku yhdeksän senttiä kilowattitunnilta.
C: jaa, minkälainen kuukausimaksu siinä sitten on?
A: neljä euroa yhdeksänkymmentä senttiä kuukaudessa, eikä mitään aloitusmaksua.
C: no kuulostaahan tuo ihan järkevältä.
A: sanoisitko henkilötunnuksesi?
C: [HETU nolla kaks nolla viis nolla neljä aa yheksän nolla kaks ee].
A: selvä, loppu siis [HETU aa yheksän nolla kaks ee]. entä sähköposti, johon vahvistus lähtee?
C: se on [EMAIL anna piste esimerkki ät example piste fi].
A: ja kotiosoite oli vielä sama, [ADDRESS harjukuja kolme], [POSTCODE seitsemän nolla yksi nolla nolla kuopio]?
C: ei kun me muutettiin syksyllä. uus on [ADDRESS esimerkkikatu viisi bee kaksitoista], sama postinumero.
A: hienoa, päivitin sen. sopimus alkaa ensimmäinen helmikuuta ja peruutusaikaa on neljätoista päivää.
C: okei, no laitetaan menemään. palautukset voi laittaa tilille [IBAN äf ii kaksikymmentäyksi, kaksitoista kolmekymmentäneljä, viisikymmentäkuusi nolla nolla, nolla nolla nolla seitsemän, kahdeksankymmentäviisi].
A: kiitos, se on nyt tallessa. mukavaa illanjatkoa sinulle.
C: kiitos samoin, moikka.
"""

FAULT_REPORT = """
A: vikapäivystys, [AGENT jari] kuuntelee.
C: iltaa, meillä meni sähköt noin puoli tuntia sitten ja naapuritkin on pimeänä.
A: missä osoitteessa olette nyt?
C: [ADDRESS pihlajapolku seitsemäntoista], ihan siinä koulun takana.
A: katson karttaa hetken. kyllä, siellä päin on muuntajassa vikaa ja asentajat lähti juuri matkaan.
C: no hyvä. pihalla on kaatunut iso mänty, se taitaa nojata siihen linjaan.
A: älkää missään nimessä menkö lähelle. kuka siellä soittaa, jos meidän pitää kysyä lisää?
C: [PERSON kalle kokeilija], ja numero on [PHONE nolla nelkyt, yks kaks kolme, nelkytviis kuuskytseittemän].
A: [PHONE nolla neljäkymmentä satakaksikymmentäkolme neljäkymmentäviisi kuusikymmentäseitsemän], kiitos. onko teillä käyttöpaikkatunnusta käsillä?
C: on tässä vanhassa paperissa. [METERING kuus neljä kolme, yheksän yheksän yheksän yheksän yheksän, ja sitten kaheksan nollaa ja viistoista].
A: hyvä, se täsmää. arvio on että sähköt palaa kello kaksikymmentäyksi mennessä.
C: hyvä. pihan portti on lukossa, koodi on [SECRET neljä seiska kaks yks].
A: laitan sen heille tiedoksi. jos valot eivät pala kymmeneltä, soittakaa uudestaan numeroon nolla kaksi yhdeksän, nolla nolla nolla, kahdeksan nolla nolla nolla.
C: näin tehdään. kiitos teille, hei.
"""

CONTRACT = """
A: lähienergian sopimuspalvelu, tässä [AGENT päivi], mitä teille saisi olla?
C: moi, mun nimi on [PERSON maija meikäläinen]. mä oon muuttamassa ja tarttisin sopparin uuteen kämppään.
A: onnea uuteen kotiin. mikä päivä avaimet tulee?
C: ens kuun ensimmäinen, elikkä ensimmäinen joulukuuta.
A: annatko sun hetun niin haen tiedot?
C: [HETU nolla yks nolla viis yheksän kolme, ei kun yheksän neljä, ja sitten yy yheksän nolla kolme kaks].
A: toistan vielä, [HETU nolla yksi nolla viisi yhdeksän neljä yy yhdeksän nolla kolme kaksi].
C: just niin, se on uudenmallinen siinä keskellä.
A: ja vanha asunto oli [ADDRESS koivutie kaksikymmentäyksi], [POSTCODE viisitoista sata lahti]?
C: oli, ja uus on [ADDRESS mäkikatu kasi aa nelonen].
A: minkä verran kulutusta arvelisit, onko siellä sauna?
C: on pieni sauna. ehkä jotain kolmetuhatta kilowattituntia vuodessa.
A: silloin pörssisähkö maksaisi marginaalin puoli senttiä ja perusmaksu olis kolme euroa yheksänkytä senttiä.
C: otetaan se. sukunimi kirjoitetaan muuten [SPELLED matti eemeli iivari kalle äiti lauri äiti iivari niilo eemeli niilo].
A: hyvä että sanoit. viimeisenä vielä maksutapa, tuleeko lasku sähköpostiin?
C: tulee, [EMAIL maija piste meikalainen ät example piste fi].
A: valmista tuli. asiakasnumerosi on [CUSTOMER_NUMBER neljä neljä nolla kaksi yhdeksän yksi seitsemän].
C: mahtavaa, kiitti avusta.
"""

OTHER = """
A: asiakaspalvelu, [AGENT kirsi] täällä. hei.
C: hei, soittelen tosta hyvityksestä joka mulle luvattiin syyskuussa eikä sitä ole näkynyt.
A: pahoittelut siitä. millä nimellä asia on meillä?
C: [PERSON teemu teikäläinen], syntynyt [DOB ensimmäistä toista kaheksankytviis].
A: kiitos [PERSON teemu]. hyvitys on neljäkymmentäkaksi euroa, mutta se on palautunut meille, tilinumero on luultavasti vaihtunut.
C: voi olla, se vanha tili oli [ACCOUNT yks kaks kolme neljä viis kuus viiva seittemän kaheksan viis].
A: täällä lukee juuri tuo, [ACCOUNT satakaksikymmentäkolme neljäsataaviisikymmentäkuusi viiva seitsemän kahdeksan viisi].
C: sitä ei ole enää. voiko sen palauttaa suoraan kortille?
A: voi kyllä, jos maksu aikoinaan tehtiin kortilla. lukisitko numeron?
C: [CARD neljä yks yks yks, yks yks yks yks, yks yks yks yks, yks yks yks yks].
A: elikkä [CARD neljäkymmentäyksi yksitoista yksitoista yksitoista, yksitoista yksitoista yksitoista yksitoista].
C: täsmälleen. kauanko siinä menee?
A: kolmesta viiteen pankkipäivää. asiakaspalvelu on muuten auki arkisin kahdeksasta kuuteentoista, jos tulee kysyttävää.
C: hyvä tietää. mun asiakasnumero on muuten [CUSTOMER_NUMBER nolla nolla kuusi yksi kaksi neljäkymmentäviisi], jos sitä tarvii.
A: sama löytyi täältäkin. kiitos soitosta ja hyvää päivän jatkoa.
C: kiitos, hei hei.
"""
