"""The words of everyday talk in a contact centre; `everyday.py` looks them up.

Written down from general knowledge; no corpus was counted.
"""

from __future__ import annotations

from redaction.wordlist import word_set

LEMMAS = word_set(
    """
    passiivinen tunniste datahub datahubi fingrid nordpool olkiluoto hanhikivi ilppi vilp boileri schuko headset sähkäri
    putkari syysloma kinkerit teneriffa kanaria tallinna tukholma ruotsi venäjä prepaid chrome mitsubishi panasonic
    toshiba daikin nibe skoda zaptec fronius huawei growatt kwh mwh jestas hupsista oukei juup nonni eliskä tsau robotti
    hubi appi äppi chatti botti kotisivu spotti kvartti
    aalto aamiainen aamu aatto ahdas aho aihe aika aikataulu aikuinen aina ainoa aita aivo ajaa ajankohta ajatella
    ajatus ajelu ajo akku aktiivinen ala alapuoli alennus alhainen alkaa alkuperäinen allas allekirjoittaa
    allekirjoitus aloite aloittaa alue aluksi alusta alv ammatti ampeeri ankara anoppi ansaita antaa anteeksi
    antenni appi apteekki apu arki armeija arpa arvata arvio arvioida arvo arvonlisävero asema asenne asennus
    asentaa asentaja asettaa asetus asia asiakas asiakirja asiointi aste astia astianpesukone asua asukas asumistuki
    asunto ateria atk aurata aurinko aurinkopaneeli autioitua auto automaatti autotalli auttaa avain avainsäilö
    avata avioero avioliitto avoin avokki avopuoliso avulias baari banaani bensa boileri bonus budjetti bussi
    byrokratia data demo desimaali digi dokumentti edellinen edes edetä edullinen edustaa edustaja ehdottaa
    ehdottomasti ehdotus ehtiä ehto eilinen elokuu elokuva eläin eläke eläkeläinen eläköön elämä elää emäntä enemmän
    energia ennakko ennuste eno ensimmäinen entinen epäillä epäselvä erehtyä erikoinen erilainen erillinen erityinen
    ero erottaa erä eräpäivä esimies esine esite esitellä esittää estää etsiä etu etukäteen etäluenta exä faija
    faksi fiksu firma flunssa fossiilinen gigawatti grillata grilli haapa haaste haava hakea hakemus halki halko
    halla hallita hallitus halpa haluta hamina hammas hampurilainen hamsteri hana hankala hanke hankkia harava hardi
    harjoittelija harju harkita harmaa harmi harmittaa harrastus harva hattu haukkua hauska hauta hehkulamppu heikko
    heinäkuu heittää helikopteri hella helle helmikuu helpottaa helppo henki henkilö henkilökohtainen henkilötunnus
    henkinen herkkä herra herättää herätä hetki hevonen hidas hiekka hiekkaranta hieno hihna hiihtäjä hiihtää hiili
    hiiri hiljaa hiljainen hilloa hinnasto hinta hirveä hirvi hissi historia hitaasti hoitaa hoitaja hoito hoksata
    homma hommata hoppu hotelli huijari huijata huijaus huilata huimata huivi hukata huolehtia huoleton huoli
    huoltaa huolto huoltoyhtiö huomata huomautus huomenna huomio huomioida huone huoneisto huono hurja huutaa huvila
    huvittaa hylly hyllätä hylätä hypätä hyvittää hyvitys hyvä hyväksyä hyvänen hyöty hyötyä häipyä häiritä häiriö
    hälytys hämmentää hämärä härveli hätä hätäkeskus hävetä hävittää hävitä häviö hölmö höpsö höystö ihana ihme
    ihmetellä ihminen ikkuna ikuinen ikä ikävä ilkeä ilma ilmainen ilmalämpöpumppu ilmastointi ilmaston ilmeinen
    ilmoittaa ilmoittautua ilmoitus ilo iloinen ilta imuri innostua insinööri internet intti invertteri irrottaa
    irti irtisanoa irtisanominen irtisanomisaika iso istua isukki isäntä itkeä itsepäinen itä jakaa jakeluverkko
    jakokaappi jaksaa jakso jalka jalkakäytävä jarru jatkaa jatko jatkojohto jatkua johtaa johtaja johto johtua joki
    joko joku jono jonottaa joukko joulu joulukuu joustava joutua juhannus juhla julkinen julkisivu juna juoda
    juoksu juosta jutella juttu juuri jyrkkä jäinen jälki jälkikäteen jännite jännittää järjestelmä järjestys
    järjestää järki järvi jäsen jäte jättää jää jäädä jäähtyä jääkaappi jäätyä kaali kaapata kaapeli kaappi kaataa
    kaatua kadottaa kahvi kahvila kaihdin kaikki kaima kaipa kaista kaiutin kaivaa kaivata kaivinkone kaivo kaivuri
    kakku kaksio kala kalenteri kalleus kallio kallis kalsarit kalu kalustaa kaluste kamala kamera kana kanava
    kangas kani kannattaa kannattava kannustaa kansa kansio kantaa kapea kapteeni karata karhu kartta kasa kasata
    kastella kasvaa kasvattaa kasvi kasvihuone kataja katkaisin katkaista katkaisu katkeaminen katketa katkos
    katoamaan katos katsastus katsella katsoa kattila katto kattovalaisin katu katuvalo kauan kauhea kaukana kauko
    kauko-ohjain kaukolämpö kaunis kauppa kauppias kaupunki kausi kaveri keikka keino keitin keittiö keitto keittää
    keli kellari kello kelpaa kelvata kenkä kenttä kerho keritä kerran kerros kerrostalo kertoa kerätä keskellä
    kesken keskeyttää keskeytys keskimäärin keskimääräinen keskinen keskittyä keskivaikea keskiviikko keskus
    keskusta keskustella keskustelu kestää kesä kesäkuu kesämökki ketju kettu kevät kidutus kielo kierros kierrättää
    kiertää kiihkeä kiinni kiinnittää kiinnostaa kiinteistö kiinteistönhoitaja kiinteä kiire kiireellinen kiistellä
    kiistää kiitollinen kiittää kilo kilometri kilowatti kilowattitunti kilpailla kilpailuttaa kimppa kinkku kipeä
    kipinöidä kirja kirjain kirjasto kirjata kirjautua kirje kirjoittaa kirjottaa kirkas kirkko kirkonkylä kiroilla
    kissa kiuas kiukku kiukuttelu kiusata kiva kivi klikata kohdata kohde kohdistaa kohta kohteliaasti kohteliaisuus
    kohtelias kohti kohtuullinen kohtuuton koira koivu koje kokea kokemus koko kokous kolari kolmio koltti kombi
    komea komero kompensaatio kone konkari konttori koodi koota kopio kopioida korjata korjaus korkea korko korpi
    kortteli korttelli kortti korva korvata korvaus koskea koskettaa koski kosteus koti kotiin kotimainen kotona
    koulu kouluttaa kova kovaa kriisi kroonikko kuitata kuitti kuivausrumpu kukka kulkea kulku kulma kulu kulua
    kulunut kulut kuluttaa kuluttaja kulutus kumma kummallinen kummi kumpi kumpikaan kumpu kunnossa kunnostaa kunta
    kunto kuolema kuolinpesä kuolla kuori kuorma kupari kupla kupongi kurja kurkku kursi kuti kutoa kutsua kuu
    kuukausi kuulla kuulo kuulokkeet kuulostaa kuulua kuuluvuus kuuma kuunnella kuusi kuva kuvata kuvio kyky kylkeä
    kyllästyä kylmä kylppäri kylpyhuone kylä kymppi kynnys kynttilä kynä kypsä kyse kysellä kysely kysymys kysyä
    kytkentä kytkeä kytkin kyyti kämppis kännykkä kärry kärsiä käry käräyttää käsi käsitellä käsittely käsittää
    käsitys kättely käydä käynti käyrä käyttäjä käyttäytyä käyttää käyttö käytäntö käytävä käännös kääntyä kääntää
    köyhä laakso laatikko laatta laatu laboratorio ladata lafka lahja lahjakortti lahti laina lainata laine laite
    laittaa laiva laji lakata laki lakki lammas lampi lamppu langaton lanka lapio lappu lapsi lasi laskea laskelma
    laskin lasku laskuttaa laskutus lastenvaunut lataus latausasema latauspiste lato lattia lattialämmitys laturi
    latva lauantai lauha lause lausunto lautanen lava led lehmä lehti leikata leikki leipä leivinuuni lelu lemmikki
    lentokone lentää leppä leski leveä levy levätä liesi lievä liian liike liikenne liikkeessä liikkua liite
    liitteenä liitto liittymä liittyä liittää lika likainen lilja linja linjoilla linkki lintu lippu lippusalko
    lista lisä lisätieto lisätä litra liukas loistaa loka lokakuu loma lomake lompakko lopettaa loppu loppua
    loppuvuosi lopuksi lopullinen loput lounas lova luento luettelo luja lukea lukema lukita lukko luku lukumäärä
    lumi luona luonto luopua luottaa luottamus luotto luottotieto luovuttaa lupa lupailla lusikka luulla luumu luuri
    luvallinen luvata lyhyesti lyhyt lypsyrobotti lypsää lyödä lähde lähellä lähes lähettää lähetys lähin lähteä
    lähtö lämmin lämmittää lämmitys lämpö lämpöpumppu lämpötila läpi läppäri lääke lääkitys lääkäri löyly löytyä
    löytää maa maailma maailmanlaajuinen maali maaliskuu maanantai maanantaina maatalous maatila mahdollinen
    mahdollisuus mahdoton mahtaa mahtava mahtua mainio mainita mainonta mainos maistaa maistraatti maistua maito
    makea makkara maksaa maksaja maksu makuuhuone malli malttaa mansikka marginaali marja markkina marraskuu massa
    matala matka matkustaa matto maukas medikaali meidän meininki mekko melkein melu menetellä menettää mennä meno
    meri merkata merkintä merkittävä merkitys merkitä merkki messu metalli metri metsä mielellään mielestä mieli
    mielipide miellyttävä mies miettiä mikroaaltouuni miljoona minimi minuutti mitata mittari mittaus mittava
    mitätön mobiili modeemi moite molemmat molempi moni monipuolinen moottori mopo mormoni morsian motivaatio
    muistaa muisti muistikirja muistuttaa muistutus mukana mukava mukula multa mummi mummo mummola muna muoto muovi
    murre murtovaras murtua musiikki musta mustikka mutka muu muualla muukin muuntaja muutoin muutos muuttaa muutto
    muuttua myrsky myydä myyjä myynti myöhemmin myöhä myöhässä myöhästyä myönteinen myöntää myös mäki mänty määrä
    määräaika määräaikainen määrätä mökki naapuri naapurusto naida naimisissa nainen nappi nauha naula nauraa
    navetta navigaattori neliö neliömetri neljännes neste netti neuvo neuvoa neuvoja neuvonta niemi niitty
    nimellinen nimenomaan nimetä nimi nimike nolla noloa nopea nopeasti normaali nostaa nosto notko noudattaa nousta
    noutaa nuha nukahtaa nukkua numero nuori nurkka nyrkki nähdä näky näkyä näkö näppäillä näppäimistö näppäin nätti
    näyte näytellä näyttää näyttö odottaa odotus ohi ohittaa ohjata ohje ohjelma ohjelmisto ohra oikaista oikaisu
    oikea oikein oikeus oja olla olohuone olut omaisuus omakotitalo omena omenapuu omistaa omistaja omituinen
    ongelma onneksi onnettomuus onni onnistua onnitella opas opastaa opettaa opettaja opiskelija opiskella oppia
    oppilas orava orvokki osa osakas osake osallistua osasto osata osittain osoite osoittaa ostaa ostaja ostos osua
    osuus otsa otsikko ottaa outo ovi paalu paha pahoitella pahoittelu paikallinen paikantaa paikka paikkakunta
    painaa paine painike paita paja paju pakastin pakata paketti pakkanen pakko pakollinen pakottaa paksu pala
    palata palaute palauttaa palautus palaveri palkinto palkka palkkio palo palohälytin palvella palvelu paneeli
    pankki panna paperi pappa papukaija parantaa paras parempi pariisi paristo paritalo parkki parkkihalli
    parkkipaikka parveke passi patteri pelastaa pelata peli pelkkä pelko pelotella pelottaa pelto peltokatu pelätä
    penkki pensas perhe perinteinen perintä periä perua peruna perus perusmaksu perustaa perusteella perustelu
    peruuttaa peruutus peräkärry perätä pestä pesu pesukone pesä petollinen petos pettyä peura pieni piha pihalla
    pihavalo pihlaja piikki piipata piippaus pilata pilvi pimeä pino pistoke pistorasia pistää pitkä pitkään pitsa
    pitää pizza pohja pohtia poika poikkeava poikkeus poikki poissa poistaa poisto poistua pola poliisi polkea polku
    polkupyörä polttaa pommi porata porkkana porras porrastus portti porukka posti postilaatikko potea potilas
    potkaista potku potti prosentti puhaltaa puhdas puhdistaa puhe puhelias puhelin puhelu puhua puhuttaa puisto
    pujotella pulla pulma pulssi pumppu punainen punnita puolet puoli puolikas puoliso purkaa purkaminen puro purra
    pussi putki putkimies puu puuro puutarha puute puuttua pyhä pyhäinpäivä pykälä pylväs pystyä pysyvä pysyä
    pysähtyä pysäkki pyyhkiä pyykinpesukone pyyntö pyytää pyöreä pyöriä pyörä päivittää päivitys päivystys päivystää
    päivä päivämäärä pääasia pääkaupunki pääkytkin päälle päällikkö päärakennus päästä päästää pääsulake päättyä
    päättää pääty päätös pöly pörssi pörssisähkö pöytä pöytäkirja raaka raha rahaa rahoitus raikas raitis raivo raja
    rajata rakas rakennus rakennuttaja rakentaa ramppi ranta raportti rappu rappukäytävä rasia rasitus raskas
    ratkaista ratkaisu rauha rauhallinen rautakauppa ravi ravintola reikä reilu reititin reitti rekisteri
    rekisteröidä rekka reklamaatio reklamoida remontoida remontti rengas reservi resurssi reuna revetä riesa riita
    riittää rikki rikkoa rikkoutua rinnakkain rinnalla ripustaa riski ristiriita rivari rivi rivitalo roikka roikkua
    romu rosvo rotta rouva ruoka ruokakauppa ruudukko ruuhka ruusu ruuvi ruveta ryhmä rystys räjähdys räjähtää räntä
    räpsyä rätinä rätti saada saapua saapuminen saari saaste sade saha saippua sairaala sairas sairastaa sakko
    salaisuus salama salasana saldo sali sallia salo sama samainen samanlainen sana sanka sanoa sataa satama sato
    sattua satunnainen sauna saunoa savi savu seikka seinä seisoa sekainen sekaisin sekava sekoittaa sekoitus
    sekunti selaa selain selkeä selkä sellainen selvittää selvitys selvitä selviää selvä sentti seota seppä serkku
    setä seuraava seurata sieni siepata siirto siirtomaksu siirtyä siirtää siis siivooja siivota sija sijainti
    sijaita sijoittaa sika silmä silmälasit silta sininen siro sisko siskokset sitoa sitoumus sitoutua sivu
    sivullinen sivusto soittaa soitto soittopyyntö solmia solmu someron somma sopia sopimus sopiva soppari sormi
    sosiaali sovellus sovinto sovittaa sovittelu suhde suhteellinen suihku suihkussa sujua sukka suku sukunimi sulaa
    sulake sulhanen sulkea sulku summa summeri sumu sunnuntai suo suoja suojata suomalainen suomi suora suoraan
    suosia suositella suosittu suositus suostua suostumus susi suunnata suunnitella suunnitelma suunta suuri suurin
    suurinpiirtein suuruinen syksy synnyttää syntymäpäivä syntyä syttyä syy syyllinen syyskuu syyttää syödä syöppö
    syöttää syöttö säde sähkö sähköasentaja sähköauto sähköinen sähkökaappi sähkökatko sähkölasku sähkölämmitys
    sähköposti sähkötaulu sähköyhtiö säikähtää säilyttää säilyä sälekaihdin sänky särkeä sätky sävy sää säädin
    säännöllinen sääntö säästyä säästää säästö säätää säätö taajama taajuus taas taata taimi taito taivas tajuta
    takaisin takaus takka takki takuu talkoot tallenne tallentaa tallettaa talli talo taloudellinen talous talvi
    tammi tammikuu tanko tapa tapaaminen tapahtua tapahtuma tapailla tapaus tarjolla tarjota tarjous tarkastaa
    tarkastus tarkennus tarkentaa tarkistaa tarkistus tarkka tarkkaan tarkoittaa tarkoitus tarttua tarve tarvis
    tarvita tasa tasainen tasku taso taulu taulukko tausta tavallinen tavara tavata tavoittaa tee tehdas tehdä teho
    tehokas tekemä tekijä tekniikka tekninen tekstari teksti tekstiviesti televisio telkkari temppu teollisuus
    terassi termostaatti terve terveellinen terveinen terveys testata testi tie tieto tietokone tietosuoja tietää
    tiistai tila tilanne tilata tilaus tili tilillä tilinumero tiliote tilittää tippa tippua todella todennäköinen
    todeta todistaa todiste todistus toimeksianto toimenpide toimi toimia toimipiste toimisto toimittaa toimitus
    toimiva toinen toistaa toiste toive toivoa tokmanni tolppa tomaatti tonni tontti topata toppuutella torppa
    torstai tosi totuus toukokuu traktori tripla tuhat tuijottaa tukea tuki tukos tuleva tulevaisuus tulipalo tulkki
    tulla tulos tulostaa tuloste tunkeutua tunne tunneli tunnistaa tunnistautua tunnistus tunnus tuntea tuntematon
    tunti tuntua tuoda tuomi tuotanto tuote tuottaa tupa tupakka tupla turha turva turvallinen turvallisuus turvata
    tuska tutkia tuttu tutustua tuuli tuulimylly tuulivoima tyhjä tyhmä tykätä tylsä typerä tyttö tytär tyyli
    tyypillinen tyytyväinen työ työkalu työmaa työnantaja työnjako työntekijä työntää työpaikka tähti täplä tärkeä
    täsmällinen täti täydellinen täynnä täysi täyttää töhö töissä tönäistä töpseli törmätä töyke uhata uhka
    uimaranta ukki ukko ukkonen ulko ulkomaa ulkona ulkopuoli ullakko ulosotto unohtaa unohtua urakka urakoitsija
    urheilu uskaltaa uskoa uskottava uuni uusi uusia uusinta uutinen vaade vaahtera vaaka vaara vaarallinen vaari
    vaate vaatia vaatimus vahingoittaa vahinko vahva vahvistaa vahvistus vaihde vaihdella vaihe vaihtaa vaihto
    vaihtoehto vaihtua vaikea vaikeuttaa vaikka vaikuttaa vaimo vainio vaiva vaivata vaja vakava vakio vakuuttaa
    vakuutus valaisin valehdella valinta valita valitettava valittaa valitus valkoinen vallan valmis valmistaa
    valmistua valo valokuitu valokuva valta valtakirja valtuus valtuuttaa valua valvoa valvomo valvonta vanha
    vanhempi vanhin vanhus vapaa vapaus vapista vara varaaja varastaa varasto varata varattu varma varmistaa
    varmistus varmuus varoittaa varoitus varsinainen varten vasara vasemmisto vasen vasta vastaaja vastaan
    vastaanottaa vastaava vastapuoli vastata vastaus vastike vastustaa vastuu vatsa vauhti vauras vauva vedellä
    vehje veli velka velvollinen vene venyä verho verkko vero verrata vertailla vertailu vesi vesimittari vesivirta
    vetää viallinen viedä viehättää vierailla vieras viereinen vieressä viesti vihainen vihdoin vihreä viikko
    viikoittain viikonloppu viileä viime viimeinen viinaa viini viipyä viite viiva viivakoodi viivästys viivästyä
    vika vikailmoitus vilkaista vilkkua villa vinkki vintti virallinen viranomainen virasto virhe virheellinen virka
    virkailija virta virtsa virus visio viskata viti vitsi voida voima voimassa voimassaolo vointi voittaa volti
    vuodattaa vuode vuohi vuokra vuokraisäntä vuokralainen vuokranantaja vuokrata vuori vuoro vuorokausi vuorotella
    vuosi vuotaa vuoto vyö vyöhyke väestö väittää väli välikysymys välissä välittäjä välittää välttää väri värinä
    väsynyt vävy väylä vääntää väärin väärä yhdistys yhdistää yhdyskunta yhteensä yhteenveto yhteinen yhteydenotto
    yhteys yhteystieto yhtiö yhtyä yhtäkkiä yksi yksikkö yksin yksinkertainen yksityinen yksityiskohta yksiö yleensä
    yleinen yli ylimääräinen ylittää ylläpito yllättää ylpeä yläkerta ymmärtää ympäri ympäristö yrittäjä yrittää
    yritys ystävä ystävällinen yö yöllinen yösähkö äijä äiti äkillinen äkkiä ärsyttää äskeinen ääneen äänestää ääni
    öinen öljy öljylämmitys
    """
)
# Nouns, adjectives and verbs in the form that a dictionary has; `everyday.py` says how they are inflected.

SPOKEN = word_set(
    """
    veen peen teen deen seen koon hoon
    aa aamuisin aamupäivällä ah aha ahaa ahah aijaa aijaaha aikas ainakaa ainaki aja aktia alainen alaisen alaiset
    alaista alkaa alku alkuinen alkupäivä alkuun alle allekirjoitti altaki alv anna annan annapa annas annoin
    antaakin anteeks antoi anttila anttilan anttilasta arabiaa arkisin arvion asiaks askel asti asu auran avaimen
    avaimet avaimia bic caruna danske dna e edelleen edes edessä eeen eellee ees ehkei ehkäpä ehtis ei eikai eiks
    eikö eiköhän eikös eiköö eile eilispäivänä eksä elenia eliei eliks elikä elisa elisalla elokuus elä emme emmehän
    emmä emmää empä englanniks englanniksi englantia englantii enkeli ennemmin ennenkuin ennenkun ennää ens ensiks
    ensimmäinen ensisijaisesti enskuussa ensteks ensteksi entiiä entiä enää eri erikseen eritoten eräs erään
    esimerkiksi esimerkin essiiä eteenpäin etelä etelään ett ette ettei etteiks ettekä ettekö etten ettet että
    etukäteen etuna etäluettava euroissa eurolla euron eurosta ex exän facebook filtteri fortum gigantti google h
    hae haen haet hain hakee halloo haloo hankittu heh hehe hehheh hei heil heinäkuus helen helenin hellaa helmikuus
    helsingin helsingist helvetti hengityskone herranen hetkinen hetkisen hetkonen hetu hih hiljaa hirmu hirveesti
    hiton hitsi hitto hittoa hmm huhhuh huhtikuus hui hukun huomiselle huomisen hups huudan huudon huuhkaja
    huuhkajat huuto hyvinki hyvinkin hyvällä hyvältä hyvänen hä häh hähä hälytin hän hänelläkin hänhän häntä hätä hö
    höh höpsis iban id iha ihanko ihmeen ihmeessä ikinä ikäinen iltaisin iltapäivällä iltasella iltasin imatran
    immeinen immeinenkin inarissa iphone ite itekki itekkin itelle itelleen itellä itsekin itsellenne itseni itsensä
    itsestänne itsestään itseäni itte itteeni ittekseni ittelleen ittellä itteni ittensä itä iäkäs jaa jaaha jaahah
    jae jahah jahas jees jeesus jep jess jne joensuu joensuussa johon joihin joilla joille joissa joista joit joita
    jokaisen jokaista jokseenkin jollain jollakin jollekin jolloin jolta jompikumpi jonain jonkin jonkun
    jonkunlainen jonnekin joo joojoo joopa joskin josko jospa jostain jostakin jota jotakin joten jotenka jotenki
    jotenkin jotta jottain jotte joudu jouduin joudun joulukuus jouluna joutuuks juhannuksen juhannuksena juna
    junalla juon juot just justii justiin justiinsa justiisa juu juujuu juuriki juurikin juuttui jäin jäit jätin
    jätit jätä jätän jään jäät kaa kaadoin kaan kaato kahdeksas kahdeksatta kaheksan kaheksas kahta kahtelin
    kahtella kaikenlaista kaikilla kaikille kaikin kaikkee kaikkein kaikkineen kakkonen kaks kakstoista kande
    kannata kans kansa kanssaan kanssani kanssanne karjala karjalassa kasi kastettu katellaan katellaanpa
    katellaanpas kateltiin katkes kato katoppa katotaan katotaas katso katsotaanko kattokaa kauaa kauan kauankin
    kauanko kauempana kauheen kauheesti kaukaa kaupunki kehtaa keillä keitä kela kell kelle kellekään keltainen
    keltanen kenellekään kenelläkään keneltä kenenkä kenenkään kenties kerralla kerrallaan kerta kertaat
    kertakaikkiaan kertakäyttökoodi kertaus keskellä kesken keskenänne keskenään kesäisin kesäkuus kesällä ketään
    keväisin keväällä kiinni kiitoksia kiitoksii kiitosta kiits kilovattituntia kimeä kirjaimen kirjaimet kirjaimia
    kirjoitin kirjotettu kirjoti kirjotin kiva kivasti klo ko kohdilleen kohta kohtapuoliin kohti koita koitin
    koittaa kokeile kokeilen kokeilin kokeilla kokeillaan kokeiltiin kokonaan kolkyt kollega kollegani kolmannen
    kolmas kolmatta kolmonen komia konsanaan koordinaateiksi koordinaatit koputa koskaan koskea koskee kovin ku kuha
    kuhan kui kuinkahan kuinkas kuiten kuitenkaan kuitenki kuiteskin kuivuri kukaan kukahan kukas kukin kukkaan
    kukon kummalla kummalta kumman kummassa kumpa kumpaa kumpaakaan kumpi kumpikaan kumpikin kunhan kunnes kunnolla
    kunnossa kuntoon kuraan kutakuinkin kuten kutonen kuudes kuudetta kuukausittain kuules kuulkaa kuullu kuullut
    kuuro kuus kyl kyllähän kylläpä kyltti kylttiä kymmen kymmenes kymmenettä kymppi kytkettyä kytkin kämppä kämpän
    kärkkäisellä kärkkäisen käsin käsky kävin kävit käyn käyt käännän lailla lainkaan laitat lauantaisin leaf lidl
    lie liikaa liikut liki likimain linjoilla lisäksi lokakuus lopetan lopettaa lopetti loppuun lopulta lue lumme
    lunta luovuta luukku luulen luulet luulla luultavasti luvan lyön lähes lähestulkoon lähinnä läks lämmitin länsi
    läpeensä läpi löi löit löydän m maaliskuus maanantaina mahdollisimman mainoskielto maistraatti maks makso maltas
    marraskuus meen meet meidät meijän meijät meil meili meilit meiliä meillekin meillähän meilt meiltä meitin meiän
    melko mene menee meneekö menes meni menin menny mennä menossa merkitsen merkkinen meteli mettä mettän mi mie
    mieki mielellään mieluiten mieluummin mihinkä mihinkään mikin mikkä mikkään miks miksei mikseihän miksi mil
    millainen millaista millan millinen milloinka millon millonka millä milläkään mineknä minnuu minnuun missähän
    missäs mister mistäs mitenhän mitenkähän mitenkään mitkä mittään mitähän mitäkin mitäkään mitäköhän mitääs miu
    miukumauku miulla miulle miun molemmat molemmilla molemmille molempia molempiin monelta mones monesko monessa
    monesti montaa montako mualla muihin muilla muille muina muissa muistaakseni muita muka mukaanlukien mull mullei
    mulleki mullekin mullois mulloli mullon mult mummosta munkin muo mut mutku mutsi mutta muuallakaan muuallekin
    muuan muulla muulle muun muuna muunlainen muunnan muuta muutakin muutama muutamaa muutaman muute muutoin myin
    myy myyn myyt myöskään mä mähän mäkin mäkään mällikkä mää määhän määkin möi möivät möö naatti nauhoitettu ne
    negatiivinen nehän nelikko neljäs neljättä nelonen netflix nii niiden niihin niiltä niinhän niinkin niinko
    niinku niinkun niinkö niinpä niissäkin niist niit niskoilla nissan noi noiden noihin noilla noille noinhan nois
    noissa noista nokia noniin nopeesti nordea normisti nosti nuita nukun nuo nuokin nuotta nyky nykyisin nykysin
    nykyään nyt nythän nytkin nyttemmin nytten näe näen näet nähdä nähty nähtävästi nähä näiden näihin näille näin
    näinhän näinkin näinkö näissä näist näistä näitten näy näyt o odotit ohan ohhoh oho oi oikeasti oikee oikeella
    oikeen oikeessa oikeestaa oikeesti oikia ois oisikaan oisin oisit oisko oiskohan oiskos ok okei okke oleks olen
    oletko olettekin oleva olevan olihan oliki olikin olikohan olikos oliks olipa olkoon ollu oltais oltaisi oltas
    oltava oma omalla omalle omalta omana omassa omast omasta omat omia ompa ompas onhan onki onkin onko onkohan
    onkos onks onpa onpas oo ookko oon oonhan ootahan ootas ootat ootettiin oothaan oothan ootin ootko oottaa
    oottakaa oottakaas ootte ootteko ootti opi opintojen osanotto osanottoni osote osotteen osotteessa ostettu ota
    otas oteta otetaas otti oulun ovella oven ovessa ovesta paan paikkeilla painoin paitsi pakastimen paleltu palio
    paljo paljoa paljoks paljolti paljon paljonkos pankin panna pannaan paperinen parahiksi paremmin parhaillaan
    parhaiten pari parikin paska paukahti perille perimmäinen perjantaina perkele perusteella pidin pidän pilkku
    pinkoodi pinkoodin piru piste pisteet pitikin pitäiskö pitäs pitäskö plus pohjalta pohjoinen pohjoisessa
    pohjosessa poikki pois poiski pojan poliisi poltti porist portin portit posti prisma puhki puhu puolella
    puolelle puolelta puolesta puolin puoltoista päin päinsä päinvastoin päivisin päivitetty pätki pääasiassa pääl
    päällekkäin päällä pääosin pääsiäisenä päästä raisiost rakennettu rauhas rauhassa reitittimen rekkari rf riippuu
    rinnakkain ristiin rovaniemellä rovaniemi runsaasti ruokolahdella ruokolahden ruokolahti ruotsalaisittain
    ruotsiks ruotsiksi rupee rupes rupi saajaks saako saaks saan saanko saanks saatais saatana saatas saatiin
    saattas saatu sahan sain sais saisko saiskohan sait saitko saitteko saksaa salainen salaman samaa samalla
    samalle samanlainen samantien samas samassa samat samoin samoten samsung sannoin sannoo sannoovat sano sanos
    sanot savosta security sehän seiska seisko seitsemäs seitsemättä seittemän seki sekin sekoita sekottaa sekä
    selevä selvästi semmoinen semmoisen semmoisia semmone semmonen semmoset semmosia semmosta semmottis senhän senki
    senkin sentin sentään sie siekin siel siellähän sielläkin sielt sieltähän siihe siihenkin siin siinä siinähän
    siinäki siinäkin siis siit siittä siitähän siitäkin sijoitusasunnon sijoitusasunto siks siksi sillai sillekin
    silloin silloinkin sillon sillä sillähän silti siltikään sinne sinnehän sinnekin sinnepäin sinua sinulla sinulle
    sinun sinut sinä sisäänpäin sit sitku sitkun sitoudu sitte sittemmin sittenkin sittenkään sitähän sitäkin
    sitäpaitsi snt soi soin soisi soitellaan somaliaa soon sopiiks sopinee sori sotkuinen sotu sovittu sovitun suht
    suhteellisen suhteen sulta sunkin sunnuntaisin suo suomee suomeks suoraan suunnilleen suurimmaks suurin
    suurinpiirtein syksyisin syksyllä synnyin syntymäaika syntymäaikanne syntymäajan syyskuus syön syöt säädetty
    söin söit taa taaksepäin taas taasen taasko tahallaan tahansa tai taija taikka taimia taisi taita taitaa takaa
    takana takaperin takas takasi takaspäin take takia talvella talvisin tammikuus tampereelt tar tarina tarkalleen
    tarkistin tarpeeks tarpeeksi tartte tarttee tartten tarttis tarvii tarviiko tarviis tarviit tavaksi tavallaan
    tavoitit tavuviiva teen teet tehny tehtiin tehty tehtävä tehä tehään teidät teihin teijän teil teille teilläkin
    teiltä tein teiskin teit teitä teiän tekemäs tekis tekisi telia tesla tiedätkös tietenki tietoo tietty tietysti
    tietääkseni tiijä tiiä tiiäkkö tiiän tiiätkö tiä tohon toi toiko toiks toin toinen toisaalta toisiaan toisiin
    toisin toissa toissapäivänä toissavuonna toistaiseksi toit toka toki tokihan tokkopa tolla tonne tonnepäin
    torstaina tosiaan tosiaankin tossa tosson tosta totanoin totanoinni totta tottakai toukokuus toyota tua
    tunneittain tuo tuohon tuol tuollainen tuollapäin tuommoisia tuommonen tuon tuonne tuonnepäin tuos tuossa tuosta
    tuot tuota tuotanoin turust turuust tuskin tuskinpa tuu tyttären työmaili tähän tähänastinen tähänki tähänkin
    täl tällai tällainen tällaista tälle tällee tällä tällähetkellä tältä tämmöinen tämmönen tämmöset tämmöstä tämä
    tämähän tämän tän tänne tännekin tännepäin tänä täs täsmälleen täsmäsi tässon täst tästedes tästä täsä tätin
    täts täydet täysin täytin täytti tääkin tääl täällähän täälläpäin täält täälä tään töihi töihin uin ullakolla
    ulos ulospäin unohin useamman useampi useampia useasti useimmat usein useita username uudelleen uudestaan
    uuestaan va vaa vaan vaikkapa vailla vainajan vajaa vallan vanhasta vappuna varmaa varmaanki varmaankin varmaste
    vars varsin varsinkin vasempaan vast vastapäätä vasten vastoin vattenfall veden vedin vei veit veljen venäjäks
    venäjäksi venäjää verkkovalvomo verohallinto veti vian vie viel vielä vielähän vieläki vieläkin vieläkö vien
    vieres viet viides viidettä viierellä viies viiettä viikottain viimeks viimeksi viitsi viitsis viittiä viiva
    vikavirta vikavirtasuoja viroa vitonen vittu voiko voiks voinko voinks vois voisimmeko voisko voiskohan voitais
    voitas voitko voitteko voitteks volkkari volvo vuoden vuoks vuoksi vuonna vuorotellen vuosia vuosittain vähemmän
    vähintään vähitellen vähiten vähäsen välillä väliviiva välttämättä whatsapp wifi yhdeksäs yhdeksättä
    yhdeltätoista yhden yhdessä yhdistettyä yheksältä yheksän yhen yht yhtaikaa yhteensä yhtä yhtähyvin yhtään
    ykkönen ykkösellä yks yksinkertasesti yksistään yksittäin yksyks yleensä yleensäkin yleisesti ylipäätään yllä
    yltä ympäri ympäriinsä ynnä ysi yöllinen yönä yötä äffä äitee äkkinäistä äkkiseltään äks äksänä ällä älä ämmä
    ännä ärrä äsken äskettäin äskön ässä äää ö öisin ööh
    """
)
# Pronouns, adverbs, small words and forms as they are said.

FOREIGN = word_set(
    """
    badge cent cents förbrukning förbrukningen förfaller identity kontonummer kundnummer mobilnummer ögonblick öppet
    personbeteckning personnummer phone telefonnummer weekday weekdays
    able about above account across actually add address adress after afternoon again ago agreement ahead all alla
    allt alltid allting alltså almost alone already alright also always am amount an and andra annan annat another
    ansluta anslutning answer antal antar använda any anybody anyone anything anyway apartment appreciate april
    arbeta are area around as ask asked asking at att august augusti augustin autumn av avbrott avgift avgiften
    avsluta avtal avtalet away back bad bank bankkort bara barn be because become been before begin behind behöva
    behöver being believe bergvärme beror berätta besked best besök betala betalade betalar betalat betalning better
    between bevis big bil bilen bill billing bit bland blev bli blir blivit bo bokstav bokstaven bokstavera book bor
    borde borgå born bort borta bortrest both box bra brev bring brist broken brother bruk bruka brukar brådska
    building business but buy by bye bygga byn byta byter bäst bättre båda både börja början börjar call called
    caller calling calls came can cancel cannot car card care case change changed charge cheap check city clear
    close closed code cold come comes coming company complain complaint confirm confirmation connect connected
    connection contact contract control correct cost could country couple course current customer cut dag dagar
    dagen dags dam datum daughter day days de december del dela dem den denna deras dess det detsamma detta did didn
    different difficult dig din direct direkt dit ditt do does doesn doing dollar don done door dotter down dra du
    due during duschen dyr dyrt där därför därifrån då dörr dörren dörrn each early easy efter efternamn efternamnet
    eftersom egen eget egna egnahemshus ekenäs el elavtal elavtalet elbolaget electric electricity elen eller elnät
    elräkning else elva email emergency en end endast energy english enkel enligt enough ens er era ert esbo ett
    euro euros even evening ever every everybody everything exactly example excellent excuse expensive expiry
    explain faktiskt faktura fakturan faktureringsadressen fakturor fall family far fast father fattas februari
    february fee fel felanmälan felet fem femtio few fick fill fin fine finland finlands finnish finns finska finskt
    first fix fixed fjärrvärme flat flera flytt flytta flyttar folk follow for form fortfarande fortsätta forward
    found four fram framför fredag free friday friend friends frisk from front fru fråga frågan frågar frågor fråm
    från full fullmakt fungerar furniture fuse fyra fyrtio få får fått född för förbrukning före förlåt förnamn
    förrän först första förstår försöka försöker förut gamla gammal gammalt ganska gata gatan gave ge genast genom
    ger get gets getting gick gift gillar giltig giltigt girl give gives giving gjorde gjort glad glada glömt go god
    goes going gone good got gott grann grannen great grund grundavgift grundavgiften grundläggande gälla gäller
    gärna gång gången går gör göra ha had hade haft half halv han handla hans happen happened happy har hard has
    have haven having he heat heating hej hejdå hela helg heller hello help helped helsingfors helt hem hemma henne
    hennes her here heta heter hette him his hit hitta hittar hjälp hjälpa hjälpen hjälper hold home hon honom hope
    hos hour hours house how however hundra hur hus husband huset huvud huvudsäkring hyr hyra hyresvärd hyresvärden
    hyvesvärden hälsa hälsningar hämta hända hände händer här härifrån hålla håller hör höra hörde höst hösten i
    ibland icke idag identitet identity if igen igår important in included including info information inga ingen
    ingenting inget innan inne inom inside instead inte internet invoice invoicing is isn it its ja jag jaha
    jakobstad januari january javisst jo job jobb jobbar ju juli july june juni just jättebra kalla kallas kallt kan
    kanske keep key kind kitchen klar klart klockan knew know known kod koden kolla kom komma kommer kontakta konto
    kontonummer kontor kontot kontroll korsnäs kort kortet kosta kostar kostnad kring kund kunde kunden kundnummer
    kundtjänst kunna kväll kvällen känna känner köpa köper kör körsnäs lagt lampa land landlord language
    lantbruksfirma large last late later lead learn leave ledig ledningar ledningarna left less let letter letters
    lever life ligga ligger light lights lika like lilla line link list listen lite liten little live lives living
    ljus lock log logged long longer look looked looking lost lot love low lower lugn lugnt lägenhet läget lägga
    lägger lägre lämna länge längre lära läsa lättare lång långt låt låter lön löpande lördag lösenord lösenordet
    made mail make makes making man mannen mans many march margin mars matter may maybe me mean means med medan meet
    mej mejl mellan men mer message messages mest meter middle midsommar mig might min mina mind mindre minns minst
    minut minute minuter minutes miss missade mitt mix mobil mobilen moment momsnummer monday money month monthly
    months mor more morgon morgonen morning morse most mot mother move moved moving much must my mycket myself
    människor märkt mätaravläsning mätare mätaren mån månad månaden månader måndag många måste möjligt mörkt name
    names namn namnet natt natten near need needed needs ner nere never new next ni nice night nights nio nittio no
    nobody nog nord normal normalt not note nothing notice november now nu nuförtiden number numbers nummer numret
    ny nya nyckel nytt nä nämnde när nära närpes nästa nät nätet någon någonting något några nån når nåt nödvändigt
    nöjd och också october of off offer office ofta often oh okay okej oktober old olika om on once one online only
    onsdag open opp option or ord order ordna ordning oss other our out outside over own owner paid paper papers
    papper par part passar password pay paying payment pengarna people per perfect perhaps person personal
    personbeteckning phone photo picture piece place plan plats please pleasure plus point possible post postnumret
    power prata pratar precis price prices pris priset probably problem problems proper pull put på question
    questions quick quickly quite rakt rate reach read reading ready really reason receive received receiver redan
    reference refund regnar remember remove rensa rent rep repair repeat reset right ringa ringde ringer room rum
    räcker räkna räkning räkningar räkningarna räkningen rätt röd sa sade sak saken sakta same samma samt samtal
    samtalet sat saturday save saw say saying says school se second sedan see seem seems seen sen senare senast send
    sent september ser servar service set sett sex sextio she should show sida side sidu siffror sig sign signed
    simple sin sina since sir sista sister sitt sitter sju sjuttio själv själva sjöss ska skall skatt skicka
    skickade skickar skicket skola skrev skriva skriver skrivs skull skulle skylt sladd slow slowly slut sluta
    släckt small smoke sms små småspik snabbt snart snälla snö snön so solve som some somebody someone something
    sometimes sommar sommaren son sonen soon sorry sound sova spara speak speaking spelar spell spelled spelling
    spoke spot spring stad stan stand stanna start startade started state station stavas stay sten still stjäl stop
    stor stora storleken stort strax street ström strömavbrott strömmen student stuga stugan stycke ställa ställe
    stäng stänga stängt stå står större such summer sunday sure surname svar svara svarar svart svenska svår svårt
    syns system säga säger säkert säkring sälja sända sätt sätta så sådan sådant söker söndag ta tack tackar tag
    tagit take taken tala talar talat talk tar tax team technician telefon tell telling text than thank thanks that
    the their them then there these they thing things think third this those though thought through thursday ticket
    tid tiden tidigare till tillbaka tills time times timmar timme tio tisdag tjugo to today tog together told tolv
    tomorrow too took torsdag total town transfer tre tredje trettio trevlig trevligt tro tror true try trying
    tuesday turn tusen tv tvungen två two tycker tydligen type tyvärr tänka tänker tänkte under understand ung
    ungefär until up update upp uppdatera uppe uppgift uppgifter ursäkta us use used user usually ut utan ute vaken
    val valt van vanlig vanligt vann var vara varandra vardag varför varit varje varm varmt vart vasa vatten vecka
    veckan veckor vem vems verkar verkligen very vet veta vi vid vilja vilka vilken vilket vill villa vinter vintern
    vis visa visit visst visste vore vuxen väg vägen väl väldigt välkommen vän vänlig vänster vänta väntar värme
    värmepump värsta väster vät vår våra våren vårt wait waiting wall want wanted wants warm was wasn water way we
    wednesday week weeks welcome well went were what when where which while who whole whose why wife will window
    winter with without woman word words work working works world would write writing written wrong year years yes
    yesterday yet yngre you young your yours yourself ytterligare zero ägare äger äldre älskar än ändra ändrar ännu
    är äter även åbo åka åker åldern år året åt återkomma åtta åttio öppen öppet öre över överens överenskomna
    överföra
    """
)
# Swedish and English words of a contact centre.
