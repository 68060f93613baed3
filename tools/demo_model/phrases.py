"""Templates of call-centre talk with free slots. A `{slot}` is filled by `texts.SLOTS`; a comma is a short pause."""

GENERIC = """hyvää päivää {company} asiakaspalvelu {first} puhelimessa
{company} {first} {name_last}, hyvää huomenta
tervetuloa {company} palveluun, valitkaa numero {small}
{company} vikapäivystys, miten voin auttaa
no hei, täällä on {name} {town}
soitan {company} puolesta, onko teillä hetki aikaa
täällä {name}, terve
mulla olis asiaa tosta {thing}
minulla on kysymys {thing} liittyen
kysyisin että milloin {thing} {verb}
haluaisin tietää mitä {thing} maksaa
onko {thing} vielä {adj}
joo kyllä se {thing} on {adj}
ei mulla kyllä sitä {thing} ole
voisitteko laittaa sen {thing} uudestaan
katsotaanpa hetki, mä avaan sen {thing} tästä
hetkinen vaan niin katson koneelta
{thing} on nyt kirjattu ja {thing} tulee {weekday}
se on sitten {amount}
hinta olisi {amount} ja perusmaksu {amount}
teidän kulutus on ollut {amount}
viime vuonna se oli {amount} ja nyt {amount}
laskussa lukee {amount}
maksoin jo {amount} {date}
eräpäivä on {date} ja summa {amount}
sopimus alkaa {date} ja päättyy {date} {year}
muutan {date} uuteen asuntoon osoitteeseen {street}
palvelemme arkisin {hours}
olemme auki maanantaista perjantaihin kello {hours}
numeromme on {phone}
kyseessä on {thing} eikä {thing}
se {verb} jo {weekday} mutta {thing} {verb} vieläkin
mä {word} että {word} {word} {word}
kyllä, ja {word} {word} {thing}
niin just, se on {adj} {thing}
eihän siinä sitten muuta, kiitos ja kuulemiin
kiitos soitosta ja hyvää päivänjatkoa
kiitos samoin, hei hei
oliko vielä muuta mielessä tänään
ei muuta tällä kertaa, kiitos avusta
sopiiko että soitamme {weekday} takaisin
lähetän siitä vahvistuksen {thing}
saatte tekstiviestin kun {thing} {verb}
täällä on ollut {thing} poikki {small} tuntia
{town} on sähköt poikki kello {small} asti
asentaja tulee {weekday} kello {small}
korjausarvio on kello {small}
tarjoamme teille nyt {thing} hintaan {amount}
en ole kiinnostunut, kiitos vaan
olen tyytyväinen nykyiseen {thing}
paljonko teillä menee sähköä vuodessa
meillä menee noin {amount}
onko teillä omakotitalo vai kerrostalo
{adj} {thing} maksaa {amount} {thing}
tämä puhelu tallennetaan, {word} {word}
mistä numerosta soitatte
kuka siellä on
en kuullut, voisitko toistaa
anteeksi nyt meni vähän ohi, uudestaan vaan
joo
kyllä
joo o
ei
aivan
selvä
just niin
kiitos
mm
öö hetki
no niin
odota hetki mä etsin sen
se on tässä jossain
onko oikein
menikö oikein
meni oikein
joo se on oikein
kyllä pitää paikkansa""".splitlines()

PERSONAL = """henkilötunnukseni on {hetu}
hetu on {hetu}
joo se on {hetu}
henkilötunnus {hetu}
se on {hetu}, niin
eli {hetu}, oliko näin
kirjoitin ylös {hetu}
{hetu} joo
{hetu}
{hetu}
{hetu_part}
{hetu_part}
saisinko henkilötunnuksesi, {hetu}
loppuosa on {hetu_tail}
ja loppu on {hetu_tail}
{hetu_tail}
puhelinnumeroni on {phone}
mun numero on {phone}
numero on {phone}, soittakaa siihen
tavoittaa numerosta {phone}
eli numero on {phone}
{phone}
{phone}
{phone}
{digits3}
{digits3}
{digits4}
{digits4}
tilinumero on {iban}
tili on {iban}
palautus tilille {iban}
eli {iban}, kyllä
{iban}
{iban}
{iban}
vanha tilinumero oli {account}
se vanha tili on {account}
{account}
{account}
kortin numero on {card}
korttinumero {card}
{card}
{card}
voimassa {small} kautta {small}
asiakasnumeroni on {number}
asiakasnumero on {number}
se asiakasnumero on {number} muistaakseni
sopimusnumero on {number}
viitenumero {number}
viite on {number}
käyttöpaikkatunnus on {number}
käyttöpaikan numero {number}
mittarin numero on {number}
mittarilukema on {number}
{number}
{number}
{number}
{number}
olen syntynyt {birth}
syntymäaika on {birth}
{birth}
{birth}
nimeni on {name}
nimi on {name}
{name}
mä oon {name}
sukunimi on {last}, {spell}
{spell}
{spell}
{letters}
{letters}
lasku menee {inflected}
sopimus on {inflected} nimissä
osoite on {street}
osoitteeni on {street}, {postcode}
asun osoitteessa {street}
muutan osoitteesta {street} osoitteeseen {street}
{street}
{street}, {postcode}
postinumero {postcode}
sähköpostini on {email}
sähköposti on {email}
{email}
{email}
rekisterinumero on {plate}
ytunnus on {business}
kiinteistötunnus on {property}
tunnussana on {word}
ovikoodi on {digits4}
salasana on {word} {digits3}
{amount}
{amount}
{date}
{date} {year}
{hours}""".splitlines()

THINGS = (
    "sähkösopimuksen sähkölaskun laskun sopimuksen mittarin tarjouksen muuttoilmoituksen vikailmoituksen liittymän "
    "kaukolämmön pörssisähkön hyvityksen palautuksen vahvistuksen sähköpostin hinnan perusmaksun siirtomaksun "
    "kulutuksen sähkökatkon asiakasnumeron tilinumeron osoitteen puhelinnumeron sähkösopimus sähkölasku lasku sopimus "
    "mittari tarjous muuttoilmoitus liittymä kaukolämpö pörssisähkö hyvitys palautus vahvistus lämmitys sulake "
    "asentaja tekstiviesti kirje lomake maksumuistutus aurinkopaneelit latausasema katkos häiriö sopimusta "
    "laskua mittaria tarjousta hyvitystä sähköpostiin postissa laskuun sopimukseen mittariin tarjoukseen "
    "laskusta sopimuksesta"
).split()
VERBS = (
    "tulee tuli alkaa alkoi päättyy päättyi toimii toimi meni menee jäi jatkuu jatkui katkesi vaihtuu vaihtui puuttuu "
    "puuttui näkyy näkyi palaa paloi maksaa maksoi nousee nousi laskee laski korjataan korjattiin lähtee lähti saapuu"
).split()
ADJECTIVES = (
    "voimassa hyvä huono kallis halpa edullinen uusi vanha määräaikainen kiinteä auki kiinni maksettu maksamatta "
    "oikein väärin myöhässä liian suuri pienempi isompi valmis kunnossa rikki voimassaoleva irtisanottu vihreä "
    "selvä epäselvä sama erilainen kesken lähetetty hyväksytty"
).split()
WEEKDAYS = (
    "maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina huomenna tänään eilen "
    "ensi viikolla viime viikolla ylihuomenna aamulla illalla iltapäivällä"
).split()
COMPANIES = (
    "esimerkkienergian esimerkkienergia lähienergian lähienergia kuntaenergia pohjanvirta järvisähkö järvisähkön "
    "esimerkin sähköyhtiön energiayhtiön mallisähkö mallisähkön kaukovirta"
).split()
