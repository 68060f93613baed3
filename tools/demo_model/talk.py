"""Everyday words and more sentences of talk, so that the model hears ordinary speech between the numbers."""

TALK = (
    "aamupäivällä iltapäivällä keskipäivällä joskus usein harvoin useampi useampikin muutama molemmat kumpi "
    "kumpikin jompikumpi eräs muutamia joitakin kukaan kukin jokainen sellaista semmonen semmosta tommonen "
    "tollanen tällästä semmoinen vaikka vaikkapa ellei jollei koska siksi joten kunhan sekä eikä enkä eivätkä "
    "mutta kuitenkaan silti ainakin edes vasta melkein täysin kokonaan osittain yleensä tavallisesti luultavasti "
    "todennäköisesti varmasti suoraan erikseen uudelleen takaisin eteenpäin ylös alas sisään ulos ulkona sisällä "
    "päällä alla takana edessä vieressä välissä lähellä kaukana ympäri läpi pitkin kohti vastaan ilman kanssa "
    "varten mukaan sijaan puolelta puolella ajoissa myöhään aikaisin ajat sitten nykyään ennemmin pikkuhiljaa "
    "rauhassa hiljaa kovaa nopeasti hitaasti helposti hankala hankalaa vaikea vaikeaa helppo järkevä järkevältä "
    "kuulostaa kuulostaisi vaikuttaa tuntuu näyttäisi ymmärrän ymmärsin ymmärtää ihmettelen ihmettelin miettiä "
    "mietin mietitään täytyisi kannattaa kannattaisi ehdottaa ehdotan ehdottaisin suosittelen suositella toivon "
    "toivoisin toive toivottavasti lupaan luvattiin lupaus sovitaan sovittiin sovittu sopii sopisi käviskö kävisi "
    "onnistuu onnistuisi hoituu hoitui hoidan hoitaa hoidetaan poistan poistaa poistetaan lisään lisätä lisätään "
    "korjaan korjata vaihtunut muuttunut muutettiin muuttamassa muuttaisin asumme asutaan asuu asua asuin ostaa "
    "ostin ostettiin myydä myyn myyty rakentaa rakennus remontti piha pihalla portti portin lukko lukossa ovi "
    "oven ikkuna katto katon seinä lattia kellari sauna saunaa keittiö jääkaappi pakastin uuni hella lamppu "
    "lamput valo pistorasia johto kaappi kylpyhuone autotalli varasto ranta rannalla järvi metsä mänty koivu oksa "
    "marjat lumi lunta pakkanen pakkasta sade sataa tuuli tuulee kesämökki laituri vene tytär tyttären tyttärelle "
    "poika pojan pojalle lapsen lapsille vaimon miehen äidin isän mummo ukki ystävä kaveri naapurit naapurin "
    "työnantaja työpaikka työkaveri eläke eläkkeelle opiskelija koulu koulun päiväkoti kirjasto tori torilla "
    "keskusta keskustassa kylä kylässä asema bussi juna pyörä sähköauto sähköauton lataus latauksen lataa "
    "kännykkä kännykän laturi salasanan käyttäjätunnus kirjautua kirjauduin verkkopankki verkkopankkiin "
    "verkkokauppa maksutapa maksukortin kortille kortilta veloitetaan veloitus laskuttaa erissä erä erään osissa "
    "summa summan saldo velka korko vakuus vakuutus etukäteen jälkikäteen käteinen kuitti kuitin tosite esite "
    "esitteen kirje kirjeen lehti kynä kynän paperit papereita lompakko lompakon laukku tasku kahvi kahvia ruoka "
    "ruokaa leipä maito juhla joulu joulun jouluna pääsiäinen juhannus loma lomalla matka matkalla ulkomailla "
    "kotimaa suomi suomessa suomalainen kiire kiirettä kärsivällinen ystävällinen mukavaa viikonloppua "
    "illanjatkoa päivänjatkoa jatkoa onnea onneksi terveisiä tervetuloa valitan harmi harmillista ikävää pahus "
    "hassu outo erikoinen tavallinen tuttu tuttua vieras virhe virheen väärinkäsitys epäselvyys selvitys "
    "selvittää selvitän selviää tarkista tarkistus luettelo lista rivi yläreuna alareuna oikealla vasemmalla "
    "kohdassa kohta sivu sivun sivulla numeroa numerot ryhmä ryhmissä merkki merkkiä merkintä merkinnän pisteitä "
    "viivaa sana sanaa sanan kirjain kirjainta kirjaimet kirjoitan kirjoitin kirjoitetaan luen luenko lukea "
    "luetaan toistan toista toistatko kertaan kerrataan kuuntelen kuuntele kuulolla vastaa vastaan vastaus "
    "vastauksen ilmoitan ilmoittaa ilmoitin pyydän pyysin pyytää tilaan tilasin tilata hakea haen hain löytyy "
    "löytyi löytyykö etsin etsitään avaan avata suljen sulkea käynnistää sammuttaa vahtia odottelen järjestelmä "
    "järjestelmän järjestelmässä laite laitteen laitteet asennus asennettuna asentaminen huolto huollon "
    "yhteystiedot yhteystietoja tiedot tietoja tietojen tiedon valmis valmiiksi luonnos aloitusmaksu ylimääräinen "
    "edellinen viimeinen viimeisen viimeksi seuraavaksi ensimmäisen toisen kolmannen puolet puolikas pari paria "
    "tusina ovathan olisihan onhan eihän niinhän kyllähän taitaa taisi saattaa saattoi voisiko voisko oisko olis "
    "ois pitäis tarttis tarttisin haluisin haluutko mulla sulla meillä teillä heillä hänellä multa sulta heiltä "
    "siltä niiltä"
).split()

SENTENCES = """{word} {word} ja {word} {word}, {word}
{thing} {verb} vasta {weekday}, {talk} {talk}
mä {talk} että {talk} {thing} {talk}
onko {talk} {talk} vai {talk}
{talk} {talk} {talk}, {talk} {talk}
se {talk} olla {talk} {talk}
kyllä {talk} {talk}, mutta {talk} {talk} {talk}
no {talk} {talk} sitten {talk}
{talk} se {thing} {talk} {adj}
haluatteko että {talk} {thing} {talk}
niin että {talk} {talk} {talk} {talk}
voitko {talk} {talk} {talk}
hän sanoo että {talk} {talk} {talk}
meillä on {talk} {talk} {thing}
kun {talk} {talk} niin {talk} {talk}
hyvä, {talk} {talk}, {talk} {talk} {talk}
ei {talk} {talk} {talk}
siellä {talk} {talk} {adj}
{thing} on {talk}, {talk} {talk} {amount}
joo {talk}, {talk} {talk}
mitä {talk} {talk} {talk}
{talk} {weekday}, {talk} {talk}
anteeksi, {talk} {talk} {talk}
{first} {talk} {talk} {talk}
{talk} {talk} {inflected}""".splitlines()
