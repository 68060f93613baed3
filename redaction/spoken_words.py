"""Words that nobody means by themselves when asked for a password: what an answer is wrapped in.

A secret in words is mostly a bare noun or a name ("sinikello"); around it stand verbs, small words and nouns in cases
("oota mä katon sen lapusta"). Written down from general knowledge; no corpus was counted. A word it lacks is masked
near such a question, so a gap costs a word and not a leak.
"""

from __future__ import annotations

import re

from redaction.common_words import is_function_word
from redaction.wordlist import word_list, word_set

_SMALL = word_set(
    """
    aah aamuisin aamulla aamuyötä aattona aijaa aijai aijoo aikaa aikaan aikaisemmin aikanaan aikoina aikoinaan ainiin
    ainoa ainoo ainut aitoa aivo ajaa ajan ajassa ajat alas alhaalla alkuun alla aloin alone ansiosta antaen apua arki
    arkisin asiat asteen asti avaa avoin avoinna both cents dagen edelleen edellinen edellä edes edessä eelleen ehken
    ehkäpä eihä eikai eiks eiksä eiku eikun eikä eikö eiköhän eilinen eka ekaks eksä electricity eli elikkäs elikä ellei
    ellen ellet emmekö emmä empä en endä enempää enimmäkseen enks enkö ennenki ennää enpä ens ensiks ensiksi ensin enter
    entinen entisen entiä enää epäselvä eri erikseen erinomaista erittäin eriä eroon ert esimerkiks esimerkiksi eteen
    eteenpäin etenkin etkä etkö ette ettehän ettei ettekö etten ettet etukäteen euros every family fee friday hah haha
    hahaa hahhaa hassu hauska heh hehe hehee hei helkkari helpompi helposti helppo helvetti hennes herraisä herrajestas
    herran herranen herranjumala hetimiten hetkes hetkikin hetkiseks hetkonen hienoo hiljaa hiljakseen hiljan hiljattain
    hirvee hirveen hitaasti hitsi hitto hm hmm hoh hohhoijaa hohoi huh huhhuh hullu hups hupsis hupsista hyvillä hyviä
    hyvä hyvänen hyvää hä häh häntä idag igår iha ihan ihana ihme ihmeen ihmeessä ihmehän ikinä ikäinen ikävästi iliman
    ilman ilmeisesti iltaa imorgon iso isoa isoilla isolla isot isäni ite itel itelle itellä itseni itsepä itsestä itte
    ittekki ittelle ittellä itteltä itteni iäkäs jaahans jaajaa jahah jahas jaksoit jassoo jees jep jeps jesh jessus
    jestas joillain joitain joka jokainen jokaiselle joko joku jolla jollain jolloin joltain jommalla jompi jompikumpi
    joo joojoo jookoo jos joskin jostain jostakin jotenki jotenkin jotka jotkin jotkut jotta jottai jottain jottei
    joutessaan jumala jumalauta just justhan justii justiin justiinsa juttu juttua jutut juuri juurikin jälkikäteen
    jälleen jäläkeen jännä kaa kaheksi kai kaikella kaiken kaikenlaista kaikesta kaiketi kaikille kaikista kaikkeen
    kaikkein kaikki kaikkia kaikkiaan kait kaks kaksin kande kannalta kans kanssa kappaletta kasvaa kasvo kato katsokaas
    kattokaa kattokaas kattos kauan kauas kauempana kauhean kauheasti kauhee kauheen kauheesti kaukana kenelläkään
    keneltä kerralla kerrankin kerta kertaakaan kertaalleen keskellä kesken keskenään keskiverto kesänä ketään keväänä
    kiinni kiire kiireellä kiireesti kiirettä kiitoksia kiitoksiakin kiitti kimppuun kinkkinen kirjaimella kirjaimet
    kirjaimia kirjain kivaa klo kohalla kohan kohdalla kohdallaan kohti koko kokonaan kokonaisena kolmannen kolmesti
    korvalta koska koskaan koskahan kovaa kovaan kovasti kovin kpl ku kuha kuin kuinkakohan kuitenkaan kuitenki kuka
    kukaan kukahan kukin kumma kummallinen kummatkin kumpaa kumpaakaan kumpaan kumpanenkin kumpi kumpikaan kumpikin kun
    kunhan kunnes kunnolla kuten kuukausia kuulehan kuulkaa kuulkaas kuulosti kyl kylliksi kyllä kyllähän kylläkin
    lapsena lapsuuden lie lienee liikaa likellä lisäksi loistavaa loppuun lopulta lujaa lunta luokse luonnollisesti
    luullakseni luvata lyhyesti lähellekään läheltä lähes läheskään läsnä mahdollinen mahdollisesti mahdollista mahdoton
    mahdotonta mahtaa mahtaako mahtavaa mainiosti margin matalampi meidän meijän meikä meikäläinen meikäläisen meil
    meille meillä meilläpäin meiltä meinaan meitin meiän melkee melko mie mieheni mieleen mielellä mielellään mielessä
    mielestäni mieluiten mieluummin miks miksei mikskäs mikä mikähän mikäli mikäpä mikäs mikään mina minkähän
    minkälainen minkäs minkään minnekään minua minusta minuun minuutti missähän missään mistähän mistään mitenhän
    mitenkähän mitenkään mites mitkä mitkään mitt mitä mitähän mitäpä miun mokoma mokomaki molempien mon monday moneen
    moneskin monesti monia monta montaa montako monthly muille muistaakseni muistissa muita muitakaan muka mukamas mul
    mull mulla mulle mulleki mullekin mult multa mun mus mussa musta mut mutku mutkun mutta muualla muuallakin muualle
    muuanne muuhun muulla muutama muutamaan muutaman muutamia muute muuten muutenkaan muutenki muutenkin myö myöhemmin
    myöhässä myöten myötä mä mähän mäki mäkin mää mään naapuriin nen nie nights nii niiden niih niihin niijust niiku
    niin niinhän niinjust niinko niinku niinkun niinkään niinkö niinpä niistä niitäkään nimenomaan niminen nimisen
    nimistä nimittäin nimittäinkin no noh noiden noihin noille noin noissa noista nolo noloa nonni nonniin noo nopea
    nopeasti nopeesti normaali normaalia normalt nou nuoh nuorena ny nykyinen nykyisin nykyään nyt nythän nytte nytten
    näiden näihin näille näinhän näinikään näissä näistä ohan oho oi oijoi oikea oikeaan oikealla oikeassa oikeasti
    oikee oikeen oikeeseen oikeesti oikeeta ois oisko okke okkei okok olipa oma omaa omaan omalla omana omassa omasta
    omat omia omien ompa ones onhan onki onkin onko onpa onpas oo ookoo ooksä ootas ootko ootsie ootsä osa osin osittain
    outo outoa pahus paikoillaan palio paljo paljoa paljoks paljonki paraikaa paras parasta paremmin parempi pelkkä
    pelkkää perhana perin perkele perässä perästä peräti perään piakkoin pian pienellä pienenä pikaisesti pikku
    pikkuhetki pikkuisen pikkusen pilkku pimeenä piru pirun pitkä pitkälle pitkään poikani poikin price puoleen puolesta
    puolestaan puolet pyl päinvastoin päiviä päivät päällä pääosin päästä pääsääntöisesti pöljä riippuen ristiin
    risuaita ruutu saakeli saakka saatana sai saisko salaa salainen salanen salassa samaan samat samaten sammaa samperi
    saturday school se sehä sehän sekka sekunti sekään selevä selkee selkeetä selkeä sellane sellanen sellaset semmoinen
    semmoisen semmone semmonen semmosen semmoset semmosia semmosta sen senkin seuraava seuraavaa seuraavaksi seuraavan
    sie siel sielläkin sielläkään sieltähän sii siihe siihen siihenkin siin siinon siinähän siinäkin siirto siirtyi siit
    siitäkin siks siksi sikäli sil sillai sillain sille sillee silleen silloin silloinkin sillon sillä silti siltikin
    sinne sinnekin sinua sinulla sinulle sinun sinuun sinä sinäkin sit sitte sitten sittenki sittenkin sitä sitähän
    sitäkin sitäkään sitäpaitsi siun sms snt soapi soo soveltuvin spot suht suhteellisen suinkaan sul sunday suora
    suoraa suoraan suotta suunnilleen suurimmaks suurin syksynä sä sähän säkin säkään sää sääkin taaksepäin taas taasen
    taatusti tahansa taikka taisi takas talvena tapaan tarkalleen tarkemmin tarkka tarkkaan tarpeeksi tasan tavalla
    tavallaan tavallinen tavallista tekniset thursday tietty tietysti tietääkseni tiiän todella todellakin toden
    todennäköisesti todennäkösesti toho tohon toi toinenki toisaalta toiseen toisella toisemme toisena toisesta toiset
    toisiks toisin toissapäivänä toistaiseks toistaiseksi toistamiseen tok toka toki tokihan tolla tollane tollanen
    tollasta tolle tommonen tommosen tommosta ton tonne tonni tos tosi tosin tosissaan tossa tossakin tost tosta tota
    totaalisesti totanoin totanoini toteen totta totuus tovi tuesday tunteja tuo tuohan tuohon tuohonkin tuol tuolta
    tuon tuonne tuossa tuossahan tuota tuotanoin tuotanoini tuplat turha turhaan tuskinpa tuttu tuttuun tyhmä tyttäreni
    tyyliin tä täh tähti tähä tähän tälle tällä tälläinen tällänen täm tämmönen tämmösen tämmöstä tän tänne tännehän
    tänä tänäänkin tärkee tärkeä tärkeää täs täsmälleen täsmäs täsmäsi täsmää tässon tässä täst tästä tätäkään täynnä
    täys täysi täysin tää täähän tääkin tääkään tääl täält uh ulkoa ulkomuistista ulkona upeeta uudelleen uudestaan
    uudet uuestaan uusiks vaa vaan vaikea vaikeaa vaikee vaikeeks vaikeeta vaikka vaikkapa vaiko vaiks vailla vaimoni
    vain valitettavasti valmiiks valmiina varalta varma varmaan varmaankin varmasti varmuudella varmuuden varsinainen
    varsinkin varten vasta vastaan vastikään viel vielä vieläki vieläkin viereen vieressä viikkoja viikkoo viime viimein
    viimeinen viimeistään viimeks viimeksi viimeset vissiin vitsi vitsit voi voinee voivoi vuoksi vuonna vuosia vähemmän
    vähintään vähiten vähä vähäksi vähän väliin välillä väärä väärästä väärää väärään vårt wednesday yhdessä yhteen
    yhteensä yhteinen yhteisiä yhtenä yhtä yhtäkään yhtään yhä yks yksinkertainen yksinkertanen yleensä ylhäältä
    ylimääräistä ylipäänsä ylipäätään ylös ymmärtääkseni ympäri yyteen yötä äitini äkkiä älkää älkäätte älä äsken
    äskettäin ääh ääneen öisin
    """
)
_VERBS = word_set(
    """
    aja ajattelee ajattelen ajatteli ajoi alettiin alkaa alko aloittaa aloitti anna annettiin annoin antaa antaisin
    anteeks antoi antoivat arvaa arvaisin arvasi arvasin arvata arvelen arveli asu asui asuin asuttiin aukaisee aukaista
    aukea aukeaa aukee aukes aukesi auki auto auttaa auttaako auttais avaamaan avaan avaisin avannut avas avasi avataan
    avautui avautuu beror blir ehdi ehti ehtii ehtiä ei elä elän epäilen epäili erottiin esittele etsi etsin etsiä gick
    gäller haastattele hae haen haetaan hakea hakee haki hallitse hallussa halua haluaks haluis haluisin halus halusi
    haluta haluu harmittaa heittää heitän herättää hoida hoitaa hoituu hommas hommasi hommata hukassa hukkas hukkui
    huolehtii huomaa huomasi huudan huutaa hyvitetään hyväksy hyväksyi hyväksyy hätäillä hävis hävisi häviää ihmetellä
    ihmeteltiin ilmoita ilmoitti innoissaan innostu istun jaksa jaksan jaksanu jatkaa jatko jatkuu jonotin jouda jouduin
    joutu joutui joutuu joutuuks juttele jyrisee jyskyttää jäis jäisi jätin jätti jättää jätä jää kaato kaatui
    kadoksissa kaipaa kaiva kaivaa kaivan kannata kannattaa kantsii katella katkaistu katkastu katkes katos katso katsoi
    katsois katsoo kattelen kattella katto kattoi kattoo keksi keksin keksisin keksitte keksittiin keksitty keksitään
    keksiä kelaa kelpaa kelpaako kelvata kerkee kerkiä kerrata kerroinko kerrot kerrotaan kertoa kertoko kertonu kertoo
    kestääks kiellä kiinnosta kirjaa kirjas kirjata kirjattiin kirjattu kirjoitettu kirjoitin kirjoittaa kirjoitti
    kirjota kirjotettu kirjotin kirjottaa kirjotti kokeile kokeilen kokeili kokeilis kokeilla kokeiltiin koputa korjattu
    koskee koski kostar kuiskaa kuiskata kuitata kuitattu kuittaa kuittas kuolee kuoli kuollu kuulen kuulitko kuulla
    kuulostaa kuulu kuului kuuluis kuuluisi kuuluuko kuunnelkaa kuuntele kuvata kuvitellaan kuvittele kuvittelin
    kyllästyin kyselee kyseli kysellä kysy kysyin kysyis kysyit kysykää kysyn kysytte kysyttiin kysytä kysytään kysyy
    kysyä kytkee kytketty käsitä käsitän käskee käski kävi kävin kävis käviskö kävitte käydä käydään käyks käynyt
    käytetään käytin käytti käyttää käyty käytä käytän laita laitatte laitetaan laitettu laiton laittaa laittaisin
    laittakaa laittanu laittoi laske lasken laski laskin laskutetaan lopettaa lopetti loppui loppuu lue luen luetaan
    luetellaan luettele luettelen luin lukea lukee lukeeko lukenu luki lukittu lukossa luotan lupaan lupas luuletko
    luuli luulin luulis luulla lähde lähdetään läheti lähetti lähettä lähettää lähetän lähtee lähteny lähteä lähti
    lähtis löi löydy löydä löysi löyty löytyi löytyis löytyy löytää mainita mainitsi mainitsin mainittu maksa maksaa
    meinaa meinaaks meinaat meinas mene menee menet meni menin menis menisi menneet menny mennä mennään merkataan
    merkitty merkitään merkkaan merkkasin mieti mietin mietittiin mietitään miettii muista muistaa muistaisin muistanu
    muistas muistatko muistatteko muistele muistella muisti muistin muistui muistuu muut muutettu muuttaa muuttanu
    muutti myönnän naimisiin nauhoitetaan naura nauraa naurattaa naureta neuvo neuvoo nimesin nous nousi näe näette
    nähdä nähdään nähty näkee näki näkisin näkyis näkyykö näppäile näppäilet näppäillä näppää näpyttele näpytä näy
    näytti näyttää näytä odotan odottaa odottele olemassa olenko olet oleva oliki oliks olin olisit olla ollaa ollaanko
    olleet ollu oltava onnistuuks osaa osaan osais osaisin osannu ota otat otettiin ottaa otti paina painaa painan
    painoin palaa palata palauta palautan palautetaan palauttaa palo paloi pane panee pani panin panna pantiin pelkää
    peru pidetään pidä pidän piippaa piippas pistettiin pistetty pistetään pistin pistä pistää piti pitäis pitänee
    pitäny pitäs pitäsikö pitääkö pohdi poltti puheli puhelimeen puhella puhu puhua puhuu puretaan purettu puuttuu
    pystyn pystyy pysyy pysähty pyydä pyysi pyytää pyörii päivitetään päivitti päivitä pätki pätkii pääse pääsee pääsi
    pääsis päästäis päästää rakennettu rauhoittukaa regnar riittäis riittäisi riittää riitä ringde rullaa rullata rätisi
    saa saada saaha saakaan saako saaks saanks saanu saat saattaa saatte sais saitko saitteko sammu sammui sanele
    sanelee sannoin sano sanoa sanoi sanois sanoisi sanoit sanoitte sanokaa sanoks sanonu sanonukaan sanoo sanosit
    sanotaan sanottava sanotte sanottiin sanottu selitä selviä selviää siirtää sijaitsee sijaitsi skrivs soita
    soitellaan soittaa soittais soitti sovitaan sovittiin sovittu sulje sulkea suosittelen suostu suunniteltu synny
    säilyttää säilyy särisee säädetty säästää tajua tajusin tajuu takasin tallennetaan tallennettu tallentaa tallessa
    tapaatte tapahtuu tapas tapasi tapasimme tapasin tapasitte tarkista tarkistaa tarkistetaan tarkistin tarkoitin
    tarkoititte tarkoitti tarkota tarkotan tarkotat tarkottaa tartte tarttee tarttis tarvi tarvii tarviiko tarvita
    tarvitaan tarvitse tarvitsee tarvitte tavaa tavaan tavata tee teemme tehdä tehty tehä teille teki tekikö tekis
    tekisi tiedetään tiedossa tiedä tiedätte tiesi tiesin tiettiin tietäis tietäny tietää tiijä tiiä tilaan tilasin
    tilattu toimi toimia toimii toimiiko toiminu toimitettu toista toistaa toistakaa toistan toistatko toivois toivoisin
    toivoo tule tulee tuleeko tuleeks tuli tulis tulisi tulkaa tulkitsen tulkoon tulla tulleet tullu tulossa tunne
    tunnen tunnista tunnistaa tuntee tuntui tuntuu tuoda tuu tuutko tykkää täytti unohda unohdettu unohdin unohin
    unohtaa unohti unohtu unohtui unohtuu uskalla uskallan uskalta usko uskoisin uskon uskoo vaatii vahvista vahvistaa
    vaihda vaihdan vaihdetaan vaihdettiin vaihdettu vaihdoin vaihetaan vaihettiin vaihtaa vaihtaisin vaihtakaa vaihtanu
    vaihtele vaihteli vaihto vaihtu vaihtui vaihtuu valita valitse valitsee valitsi valittu vannon vapaana varaa
    varmista varmistaa varmistan varmistetaan vastaa vastannu vastasi vastasin vastasitte vastata veikata veikkaan veisi
    veti vetää vie vienyt vihjaa vihjeenä viiti viitisin viitsi viitsin viitsisin viitti voida voidaanko voiko voiks
    voin voinko voinks vois voisitko voisivat voisko voitaisko voitko voitte voitteko väitti väitä väsynyt ymmärrä
    ymmärsi ymmärtää yritetään yritti yrittäny yrittää yritä yritän äläkää ärsyttää
    """
)
_FOREIGN = word_set(
    """
    about actually after again ago agreed ah aldrig all allt alltid alltså almost also always and andra another anyone
    anything are around ask asked asking at att av away back bad bara be because been before behöver ber berätta big bit
    bra but bye byter bytte båda call called calling can can't cannot capital check checked come company correct could
    course day de dem den denna dess det detta did didn't different dig din dina ditt do dock does doesn't don't done
    down du där därför då each easy efter eftersom either eller else english enough er era ett even ever exact exactly
    fast fel fick fin fine finnish finns fint first fjol flera for forget forgot fram from fråga frågade frågan från få
    får fått för före först ge ger get give given gjorde gjort glömde glömt go god goes going good got great guess gärna
    gång gånger går gör göra ha had hade haft han hans har has have he hear heard hej hela heller hello help henne her
    here herregud heter him his hit hjälp hjälpa hold hon hope hos how hur husband här hör höra hört i i'll i'm i've
    ibland icke if ifall igen in inga ingen ingenting inget innan inne int inte into is isn't it it's its ja jaa jag
    jaha jo ju jättebra kallas kan kanske keep kind klart knew know kom komma kommer kommit kontrollera kunde kunna
    känner ladda lagt last later let leta letter letters like liksom lilla line lite liten little live ljud log login
    long look lower lowercase länge längre lösenord lösenordet made make man many maybe me mean med mer mest mig min
    mind minns minute moment more mot moved much must my mycket måste möjligt name namn ned need nej never new next ni
    nice nog not nothing nu number numbers nummer nya nyss när nästa nå någon något några nån nånting och också of off
    oh ok okay okej old om omöjligt on once one only open or ord ordet oss other our out own paper password people phone
    please pretty probably problem put på påminn question quite read really redan remember repeat reset right rätt rätta
    sa sade sagt said same samma saw say saying says secret security see send ser set she should ska skall skicka
    skickade skickat skrev skriv skriva skriver skrivit skulle slow slowly slut small små snabbt snart snälla so som
    some somebody someone something sorry sound spell spelled start stavas still stop stor stora stå står sure säg säga
    säger säker så sådan sån ta tack tagit take tala talar talk tar tell than thank thanks that that's the their them
    then there these they thing things think this those though thought through tid till tills time titta tittar to today
    tog together told tomorrow too tried tro trodde tror try trying två two tycker under understand ungefär until up upp
    upper uppercase ur ursäkta us use used username using ut utan va vad var vara varför varit vem very vet vi viktigt
    vilken vilket vill ville visst väl vänta vår våra wait want wanted was wasn't way we well were what what's when
    where which while who why wife will with without word words work worked works would write written wrong yeah year
    yes yesterday yet you you're your än ändra ändrade ännu är å över överens överenskomna
    """
)
_THINGS = word_set(
    """
    aamu aika ajokortti alku alue ampeeria anoppi appi arvio arvonlisävero asema asennus asentaja asia asiakas
    asiakasnumero asiakaspalvelu asiointi asiointisana astetta asunto aurinkopaneeleita aurinkopaneeli aurinkopaneelit
    autopaikka avaimet avain avainboksi avainkaappi avainsana avainsäilö bussi eläin eläke elämä emäntä energia
    energiavero eno ero eräpäivä esihenkilö esimies etu etunimeä etunimi exä firma flikka hakemus hallitus haltija harmi
    hengityskone henkilötunnus heppa herra hetu hevonen hevosen hiiri hinta hissi huolto huoltomies huone huoneisto
    huonekorkeus hyvitys häiriö hätä hätäkeskus ihminen ihmiset ikkuna ilmalämpöpumppu ilmastointi ilmoitus ilta iskä
    isä isännöitsijä isäntä johto joulu juhannus juna jännite jännitepiikki järjestelmä jääkaappi kaapeli kaappi kahvi
    kahvinkeitin kaivinkone kaksio kansio kassa katko katu kausi kaveri kellari kello kerros kerrostalo kerrostalos
    kertakäyttökoodi keskiviikko kesä kesäkuus kevät kieli kiinteistö kilovatti kilowatti kirjainta kirjautuminen kirje
    kirjeit kirjeitä kissa kiuas koira kollega kollegat kolmio kone konttori koodi koodia koodisana koodit korjaus korko
    kortin kortti korttia korttitiedot korvaus koti kotiosoite koulu kuitti kuivuri kukka kulkukoodi kulutus kummi kunta
    kuolinpesä kuukausi kuukausimaksu kyljessä kylä kyläpaikka kynä kynää kysely kysymys kämppis kännykkä kärry käry
    laatikko lamppu langaton lanka lappu lapsenlapsi lapset lapsi lasit lasku laskulla laskut laskutus latausteho
    lattialämmitys lauantai lausetta lehmä lemmikin lemmikki lempiopettaja liittymä linja linkin linkki lompakko loppu
    loppuosa lukema lukko lukot luku luottotiedot luukku luuri lämmitys lämmitysmuoto lämpöpumppu maa maailma maanantai
    maatila mahdollisuus maksu mallia marginaali merkki merkkinen merkkiä meteli miehet mies mittari mittarit modeemi
    muistikirja muistilappu muistio mummo muuntaja muutos muutto myymälä mökki naapuri nainen neliö neliötä netflix
    netti neuvonta nimet nimeä nimi nimiä numero numeroa numeroita numerosarja numerot näppäimistö näyttö ohje ohjelma
    olut omakotitalo omistaja ongelma opettaja osoite ovet ovi ovikoodi paikka pakastin pakkanen palaveri palvelu pankki
    paperi paperia paperit perintäkulu perjantai perusmaksu pesukone piha pinkoodi piste pohja pohjassa poika pojat
    porras portti porukka posti postilaatikko postimies prosentti puheenjohtaja puhelin puhelu puoli puoliso puolison
    puolisonne puumerkki pylväs pyörä päivystys päivä pää pääkytkin pääsiäinen pörssi pöytä raha rahat raja rappu
    rappukäytävä reititin reklamaatio remontti reuna rillit rivitalo rouva ruokakauppa ruuhka ryhmä salaisuus salasana
    salasanaa salasanaks salasanaksi salasanan salasanat saldo sana sanaa sanan sanat sarake sata sauna seinä selvitys
    senttiä serkku sesonki setä silmälasit sisko sivu sivut sopimukset sopimus soppari sovellus sukulainen sukunimeä
    sukunimi sulake sulaketaulu sulakkeet summa sunnuntai suomea suomi suunta syksy syy sähkö sähkökatko sähköposti
    sähköt säätö talo talvi tammikuus tapa tarjous tarkistus tarra taulu tavu tekstari teksti tekstiviesti televisio tie
    tiedosto tiedot tieto tietokanta tietokone tiistai tilanne tilannetta tilaus tili toimisto toimitus tolppa tontti
    torstai tuhat tunniste tunnistus tunnukset tunnus tunnusluku tunnussana tunti tuntihinta turvakysymys turvasana
    tuska tuuli tyttö tyttönimi tytär tytöt tyyppi työ työmaa työnjako työpaikka työryhmä täti urakka urakoitsija vaari
    vahti vahvistuskoodi vaihe vaimo valitus valo valot valtionsalaisuus vanhemmat vappu varmistus vastaanotto vastaus
    vastuu veli veljen verkko verkkolaskuosoite verkot vesi viesti vihje vihjeet vihko viikko viina viivakoodi vika
    vikapäivystys vikavirtasuoja virhe virta voima vuokra vuokraisäntä vuokralainen vuoro vuosi vuosiluku vuosilukua
    väli wifi yhteys yhteystiedot yhtiö yksikkö yksiö ylläpito yritys yö äijä äiskä äiti ääni
    """
)
# Nouns of such a call in their basic form: they are a secret only when they are the whole answer.
_STEMS = tuple(
    word_list(
        "lasku sopimu sopimuks sähkö energi asiak numero osoit puhelim mittari maksu kulutu sulakk palvelu viesti "
        "tunnuks tunnust tilau kirjautu yhtey vahvistu salasana tunnussana turvasana koodi asentaj kuukau "
        "käyttöpaik järjestelm varmistu tunnist kysymyks kysymyst laskutu siirtomaksu perusmaksu"
    )
)
_INFLECTED = re.compile(
    r".{3,}(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|n)"
    r"|.{2,}(?:mme|tte|nut|nyt|neet|isit|[aiouy]vat|[aeiouyäö]isi|[aeouyäö]n[uy]|tet[ty]y|tettu"
    r"|(?:aa|ea|ee|ie|oa|ka|va|lli?se|mma)sti|[eio]mpi|[eo]mpaa|empää|llinen|llista|llistä|[aäuy]minen"
    r"|[uyö]j[aä]|[tkphv]i[aä]|[oueyäö]i|.*kuuta|taina|[nt]k[oö]|(?:aa|ää|ee|ii|oo|uu|öö|vat|i|[mt]e|[^t]o|u|y)k[oö]|np[aä]s?"
    r"|kaa|kää|aa|ää|ee|oo|uu|yy|ii|öö|oa|ua|yä|eä|iä|öä)"
)
# Cases, verbs and adverbs; "-n" is a genitive, an illative or "I".
_OF_ITSELF = re.compile(
    r".{2,}(?:nen|luistin|avain|keitin|laskin|eläin|siemen|sydän|jäsen|paimen|kaiutin|puhallin|kytkin|istuin|soitin"
    r"|[^eou]maa|[^p]puu|jää|pää|sää|[aou]tee|silta|valta|kulta|villa|[^o]pulla|suksi|keksi|taksi|rinko|hanko|lanko|sanko"
    r"|kinko|letko|lampi|rampi|kampi)"
    r"|vanessa|stella|allan|robin|simon|batman|jasmin|johan|stefan|elton|kevin|lotte|charlotte"
)
# What ends as an inflected word does and is a noun or a name of its own: "puusilta".


def is_small_talk(word: str) -> bool:
    """Tell whether a lower-case word is listed: a small word, a verb, an adverb, in Finnish, Swedish or English."""
    return word in _SMALL or word in _VERBS or word in _FOREIGN or is_function_word(word)


def is_spoken(word: str) -> bool:
    """Tell whether a lower-case word is one that answers are wrapped in, not what is asked for."""
    if len(word) <= 2 or is_small_talk(word) or is_inflected(word):
        return True
    return word.startswith(_STEMS) and len(word) > 6 and word[-1] != "i"


def is_inflected(word: str) -> bool:
    """Tell whether a lower-case word ends as verbs and nouns in cases do: "lapussa", "vaihdoin"."""
    return len(word) >= 5 and _INFLECTED.fullmatch(word) is not None and _OF_ITSELF.fullmatch(word) is None


def is_thing(word: str) -> bool:
    """Tell whether a lower-case word is a noun of everyday talk in its basic form: "koira", "sovellus"."""
    return word in _THINGS
