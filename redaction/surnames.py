"""Surnames that are common in Finland: Finnish and Swedish ones, and those of the languages that people moved from.

Written down from general knowledge, no data set was copied; `names.py` says how they are inflected.
"""

from __future__ import annotations

from redaction.wordlist import word_set

HOME = word_set(
    """
    teikäläinen
    aaltio aalto aaltonen aarnio aartolahti ahlberg ahlfors ahlgren ahlholm ahlqvist ahlroth ahlstedt ahlström aho
    ahokas ahola aholainen ahonen ahopelto ahosola ahti ahtiainen ahtila ahtola ahvenainen airaksinen airas airola
    akkanen alaja alajärvi alakoski alanen alaniemi alanko alanne alatalo alhainen alho ali-hokka alkula allén
    almgren alopaeus ampuja andelin andersson ankkuriniemi antikainen antila antinkaapo anttila anttiroiko anttonen
    apajalahti arajärvi aro arola aromaa aronen arponen arvola arvonen asikainen asikkala askola asplund astola
    asunmaa aulin autere autio auvinen avikainen axelsson backman backström berg berghäll berglund bergman bergqvist
    bergroth bergström björk björklund björklöf björkman björkqvist björkroth blom blomberg blomqvist blomster boman
    borgström boström brander brandt brax broman brunberg brunila bruun burman bäck bäckman bäckström carlson
    carlsson castren cederberg cygnaeus dahl dahlberg dahlqvist dahlström danielsson dromberg dufva edman eerikäinen
    eerola eeva ekberg ekblad ekblom ekholm eklund eklöf ekman ekqvist ekroos ekström elfving elo elomaa eloranta
    elovaara elovainio enberg engblom engman engström erholm eriksson erkkilä erkkola erola eronen ervasti eräsaari
    eskelinen eskola eteläaho eteläpää fabritius fager fagerholm fagerlund fagernäs fagerström finne fonselius
    forsberg forsblom forsell forsgren forslund forsman forss forsström forsten frantsi franzén fredriksson
    frilander friman fröberg granberg granlund granqvist granroth granström grönberg grönholm grönlund grönqvist
    grönroos gunell gustafsberg gustafsson gustavsson haakana haapa-aho haapakangas haapakoski haapala haapalainen
    haapamäki haapanen haapaniemi haapasaari haapasalo haapoja haarala haaranen haavikko haavisto hagelberg haglund
    hagman hagström haikala haikola haikonen hakala hakamäki hakanen hakkarainen hakkila hakola hakulinen halinen
    halkola halla-aho halme halmela halmesmäki halminen halonen halttunen hamari hamberg hanhela hanhinen hankala
    hankonen hannikainen hannonen hannukainen hannula hannus hanski hansson harala harjanne harju harjula harjunpää
    harkonen harmaala hartikainen hartman hasala hassi hassinen hatakka hatanpää hauta-aho hautakangas hautakoski
    hautala hautamäki hautanen hautaniemi havia havukainen hedberg hedman heikinheimo heikkilä heikkinen heikkola
    heikkonen heikura heinilä heino heinola heinonen heinäluoma heiskanen heiskari hekkala helander helenius helin
    heliö hellberg helle hellman hellsten hellström hellstén helminen helppi heltimoinen helttunen hemmilä
    henriksson hentilä hentinen hentunen herrala herranen hertell hietaharju hietala hietamäki hietanen hietaniemi
    hietikko hietikkola hiilinen hiironen hilander hilden hillberg hilpinen hilska hiltunen himanen himanka
    hinkkanen hintikka hintsala hirsimäki hirsjärvi hirvasniemi hirvelä hirvikangas hirvikoski hirviniemi hirvisaari
    hirvonen hjelm hjelt hoffman hoffrén hoikka hoikkala hokkanen holappa holm holma holmberg holmi holmlund
    holmqvist holmström holmén holopainen holttinen hongell hongisto honkala honkanen honkaniemi honkasalo
    honkavaara honkola honkonen hoppu horttanainen hovila huhtala huhtamäki huhtanen huhtaniemi huhtinen huikuri
    hujanen hukkanen hulkkonen humalajoki huopaniemi huotari huovila huovinen hurmerinta hurskainen hursti huttula
    huttunen huuhtanen huusari huusko huuskola huuskonen hynninen hynynen hyppölä hyppönen hyrkäs hyttinen hytönen
    hyvämäki hyvärinen hyvönen hyytiäinen häggblom häggman häggström häkkinen häkli hälinen hälvä hämeenniemi
    hämäläinen hänninen härkin härkälä härkönen härmälä hässinen hätinen hätönen häyhä häyrinen häyrynen höglund
    högström hölttä hörkkö höylä höynälänmaa idänpää iivanainen iivonen ikola ikonen ikäheimo ikävalko iljin
    ilmarinen ilmonen ilola ilomäki ilvonen immonen inberg ingberg inkeroinen inkilä inkinen innanen inoranta
    isaksson iskala isoaho isohanni isohella isokangas isokoski isomäki isoniemi isopahkala isotalo isotalus
    issakainen itkonen itälä jaakkola jaakkonen jaakola jaakonmäki jaatinen jakkola jakobsson jakonen jalava jalkala
    jalkanen jalonen jalovaara janhonen janhunen jansson jantunen jauhiainen joensuu johansson jokela jokelainen
    joki-jokila jokilehto jokinen jokiniemi jokipii jokiranta jokisaari jokisalo jokitalo jokivuori joronen jortikka
    joutsenlahti juhola juholin julkunen jumppanen junnila junnonen juntunen juntura juola juopperi juote jurvanen
    jussila juurela juurinen juusela juuti juutilainen juva juvakka juvela juvonen jyrkiäinen jyrkkä jämsen jämsä
    jämsén jäntti jäppilä jäppinen järnefelt järvelä järveläinen järvenpää järvensivu järvi järvilehto järvisalo
    järviö jääskelä jääskeläinen jääskö kaakinen kaarela kaario kaarlela kaartamo kaartinen kaasalainen kaasinen
    kaihlanen kaijalainen kaikkonen kainu kainulainen kainulaineni kaipainen kaisla kaita-aho kaitala kajander
    kajanne kajava kalaja kalajoki kalenius kalinainen kallela kallio kallioinen kalliokoski kalliola kalliomäki
    kallioniemi kallionpää kallunki kalmi kaltiainen kaltio kamppinen kanerva kanervo kangas kangasharju kangaskoski
    kangasmäki kangasniemi kankaanpää kankainen kankare kankkunen kanninen kannisto kantanen kanto kantola kantonen
    kapanen kapiainen karanko karanta karhapää karhu karhula karhumäki karhunen karhuvaara karinen karisto karjala
    karjalainen karjula karjunen karlberg karlsson karlstedt karlström karmala karppanen karppi karppinen karttunen
    karvinen karvonen kasanen kaseva kaskela kaski kaskinen kasurinen kataja katajainen katajala katajamäki
    katajisto katila kauhanen kauko kaukonen kaunisto kauppi kauppila kauppinen kaurala kauramäki kauranen kautonen
    kautto kauttonen kavander keinonen keinänen kekki kekkonen kekäläinen kelloniemi kemell kempas kemppainen kemppi
    kerola keronen kerttula keränen keski-korpi keski-oja keskimäki keskinen keskisalo keskitalo kestilä ketola
    ketolainen ketonen kettula kettunen kiema kiianlinna kiikeri kiili kiiski kiiskilä kiiskinen kilkki kilpeläinen
    kilpinen kilpiä kilponen kinnari kinnula kinnunen kinos kinturi kippola kirjonen kiuttu kivekäs kivelä
    kiveläinen kiviaho kiviharju kivijärvi kivikangas kivikari kivikoski kivilahti kivimäki kivinen kiviniemi
    kivioja kiviranta kivirinta kivisaari kivisalo kivistö kiviö kleemola knuutila knuutinen knuuttila kohonen
    kohtala kohvakka koistinen koivisto koivu koivukoski koivula koivulahti koivuluoma koivumäki koivunen koivuniemi
    koivuranta koivusaari koivusalo kojo kojola kokko kokkola kokkonen kokkoniemi kolari kolehmainen koljonen
    kollanus komonen komulainen kontiainen kontinen kontkanen konttila konttinen kontula kopponen kopra kopsala
    korhola korhonen koria koriseva korkala korkalainen korkeala korkeamäki korkiakoski korpela korpelainen korpi
    korpijärvi korpimäki korpinen kortelainen korteniemi kortesalmi kortesoja korvenoja korvola koskela koskelainen
    koskelo koskenkorva koskenniemi koskenranta koskenvuo koski koskiaho koskimies koskimäki koskinen koskiniemi
    kosonen kostamo kostiainen kotajärvi kotamäki kotiaho kotila kotilainen kotiranta kotisaari kotkavuori kotro
    koukkari koukkunen kourula kovala kovalainen kovanen kovero krank krogerus kronlund kronqvist kröger kuha
    kuhanen kuhmonen kuittinen kuitto kuitunen kuivala kuivalainen kuivamäki kuivanen kujala kujanen kujanpää
    kujansivu kukkamäki kukkola kukkonen kulju kulmala kulmanen kultalahti kultanen kumpula kumpulainen kunnari
    kuokkanen kuoppala kuoppamäki kuosmanen kupari kuparinen kupiainen kurikka kurittu kurkela kurki kurkinen
    kuronen kurvinen kuusela kuuselo kuusijärvi kuusimäki kuusinen kuusiniemi kuusisto kuvaja kvist kyllästinen
    kyllönen kymäläinen kynsijärvi kyrö kyröläinen kyrönlahti kyyrä kyyrönen kähkönen kähäri kärkinen kärkkäinen
    kärppänen kärpänen kässi köhler könönen kössi köykkä laakkonen laakso laaksonen laamanen laatikainen lackman
    lagerstedt lagus lahdenperä lahdensuo lahikainen lahtela lahti lahtinen laiho lainas laine lainesalo laitala
    laitila laitinen lakanen lakkala lamberg lammi lamminen lamminmäki lamminpää lampela lampi lampila lampinen
    lankinen lantto lapinlampi lappalainen lappeteläinen lassila lassinen latvala latvanen latvasalo lauhanen laukka
    laukkanen laukkarinen lauri laurikainen laurila laurinaho laurinen lauronen lautala lavonen lehikoinen lehmonen
    lehmus lehmuskallio lehmusto lehmusvirta lehmusvuori lehtelä lehti lehtikangas lehtimäki lehtinen lehtiniemi
    lehtisaari lehtisalo lehtiö lehto lehtola lehtomäki lehtonen lehtoranta lehtovirta lehtovuori leikas leikola
    leino leinola leinonen leiviskä lemmetty lempinen lempiäinen lemponen lepistö lepola leppinen leppäaho
    leppäkorpi leppäkoski leppälahti leppälä leppämäki leppänen leppäniemi leppävirta leppävuori leskelä leskinen
    lestinen levomäki levonen levänen liikanen liimatainen liinamaa lilja liljander liljeblad liljeström lind
    lindahl lindberg lindbergh lindblad lindblom lindell lindeman lindfors lindgren lindh lindholm lindman lindqvist
    lindroos lindroth lindstedt lindström lindén linkola linna linnala linnamäki linnanen linnonen lintula lintunen
    linturi lipponen lipsanen litmanen liukko liukkonen logren lohikoski lohilahti loikkanen lojander lomma loponen
    loukola luhtala luhtanen lukkari lukkarila lukkarinen lumiaho lummaa lund lundberg lundell lunden lundgren
    lundqvist lundström lundén luoma luoma-aho luomala luomanen luomaranta luostarinen luoto luotola luotonen
    luukkainen luukkanen luukko luukkonen luusua lylymäki lyytikäinen lyytinen lähde lähdesmäki lähteenmäki
    lähteenoja lähteinen lämsä länsimäki läntinen löfberg löfgren löfman löfström lönnberg lönnqvist lönnroth
    löppönen lövgren löytynoja maijala maijanen majala majamäki majander majanen majuri makkonen malila malin
    malinainen malinen malm malmberg malmi malmivaara malmström mannelin mannerkoski mannermaa mannila manninen
    mannonen mansikkamäki mansikkaniemi mantila mantsinen marjala marjamäki marjanen marjaniemi marjomaa markkanen
    markkola markkula martikainen martin martinmäki martinsuo martiskainen marttila marttinen marttunen maskonen
    mattila mattinen mattsson mauno maunonen maunu maunuksela maunula mehtonen mehtälä meikäläinen meltti merikallio
    merikanto merilä meriläinen merimaa merinen merivirta meriö metsola metsomäki metsäketo metsälampi metsälä
    metsänen metsäpelto metsäranta metsävainio michelsson mietala miettinen miettunen miinalainen mikkelsson mikkelä
    mikkilä mikkola mikkonen mitrunen moberg moilanen moisander moisio molander molarius mononen muhonen muinonen
    muje mulari multanen munukka murtomäki murtonen mustajoki mustajärvi mustakallio mustalahti mustaniemi
    mustaparta mustapää mustonen mustosalmi mutanen mutikainen muurimäki muurinen myllyharju myllykangas myllykoski
    myllylä myllymäki myllynen myllyniemi myllyoja myllyviita myyry myyryläinen myöhänen mäenpää mäensivu mäentausta
    mähönen mäkelä mäkeläinen mäki mäkikangas mäkilä mäkinen mäkiniemi mäkipää mäkiranta mäkirinta mäkitalo
    mäkäräinen mäntylä mäntymaa mäntymäki mäntynen mäntyniemi mäntyranta määttä määttänen mönkkönen möttönen naakka
    naalisvaara naukkarinen nenonen neuvonen nevala nevalainen nevanlinna nevanperä niemelä niemeläinen niemenmaa
    niemi niemimaa niemimäki nieminen niemioja niemitalo niiniluoto niinimäki niininen niinistö niiranen niittylahti
    niittymäki niittynen niittyvuopio nikander nikkanen nikkilä nikkinen nikolainen nikula nikulainen nikunen
    nilsson niskakangas niskala niskanen nisonen nissilä nissinen nisula nokela nokelainen nokkala nordberg nordlund
    nordman nordström norppa norrena norrgrann norrgård norri norström nousiainen nummela nummelin nuora nuorala
    nuorteva nuppola nurhonen nurkkala nurmela nurmi nurmilaakso nurmimäki nurminen nurro nuutila nuutinen nyberg
    nybäck nygren nyholm nykänen nylund nyman nymark nyqvist nyrhinen nyström nyyssönen näkkilä näreaho närhinen
    näsi näsänen näveri nöjd nöyränen ohtonen oikari oikarinen oinas oinonen oittinen oivanen oja ojala ojalainen
    ojalehto ojamäki ojanen ojaniemi ojanperä ojansuu ojutkangas okkola okkonen oksala oksanen olkinuora olkkola
    olkkonen ollikainen ollila ollinen ollonen olsson orajärvi oranen oravainen oravala oravisto orpana otala
    otranen outila outinen ovaskainen paajanen paakkanen paakkari paalanen paanala paananen paasikivi paasio
    paasivirta paaso paasonen paavilainen paavola pahkala pahkamaa paimela pajala pajarinen pajukangas pajula
    pajulahti pajunen pajuniemi pajuoja pakarinen pakkala palander palanen palin palmgren palmroth paloheimo
    palokangas palola palomäki palonen paloniemi palosaari palukka panula papinaho papinniemi papponen parkkila
    parkkinen parkkonen partanen partio parviainen parviala pasanen pasila patala patrikainen paukkunen pauninen
    paunonen paunu peiponen pekkala pekkanen pekkarinen pekkinen pekonen pekuri pelkonen pelli pellikka pellinen
    pelto pelto-aho peltokangas peltokorpi peltola peltomaa peltomäki peltonen peltoniemi penkkala pentikäinen
    penttilä penttinen perttilä perttula perttunen peräkylä perälä perämäki pesola pesonen pessala petersson petrell
    pettersson petäistö petäjäniemi peurala peuraniemi pietarinen pietikäinen pietilä pietiläinen pihamaa
    pihlajamäki pihlajaniemi pihlava pihlström piipari piiparinen piippola piirainen piispanen piitulainen
    pikkarainen pikkujämsä pikkupeura pirhonen piri pirilä pirinen pirkkalainen pirkola pirskanen pirttijärvi
    pirttilä pirttimäki pitkäjärvi pitkälä pitkämäki pitkänen pitkäranta pohjalainen pohjanen pohjanpalo pohjola
    pohjolainen pohjonen poikela poikola poikolainen poikonen pokela polari polojärvi polvinen ponkala ponkilainen
    porali poranen porkola portin porttila poutanen poutiainen prittinen puhakainen puhakka puhto puikkonen pukkila
    pukkinen pulkkinen pulliainen pullinen puntila puolitaival puranen purola puromäki puronen pursiainen puskala
    putkonen puttonen puumala puumalainen puurunen puustelli puustinen puustjärvi pykäläinen pykäri pylkkänen pylkkö
    pylväinen pyrhönen pyykkö pyykkönen pyykönen päivinen päiviö päivänsalo päivärinta pälsi pänkäläinen pääkkö
    pääkkönen pöllänen pölönen pöntinen pörhönen pöyhönen pöyry pöysti raappana raatesalmi raatikainen rahikainen
    rahkola rahkonen rainio raiski raitala raitanen raitio raittila raja-aho rajakangas rajala rajamäki rajanen
    rajaniemi rajavaara ranta ranta-aho rantakangas rantala rantalainen rantamäki rantanen rantaniemi rantapää
    rantasalo rantatalo rasila rasinkangas rasmus raudaskoski raudasoja rauhala rauhamäki raunio raunisto rauramo
    rautajoki rautakoski rautanen rautava rautavaara rautiainen rautio rautiola redsven rehn reijonen reiman reini
    reinikainen reipas reivonen relander remes repola reponen riihelä riihiaho riihilahti riihimäki riihinen riikola
    riikonen rinkinen rinne rinnekangas rinta-aho rintala rintamäki rintanen ripatti rissanen ristikangas ristimäki
    risto ristola ristolainen rita ritala ritola ritvanen rivinoja romo romppainen romppanen ronkainen ronkanen
    ronkko roos rosberg roschier rosenberg rosendahl rosenlund rosenlöf rosenström rossi rostedt rouhiainen rousku
    routio rouvinen ruohola ruohomäki ruohonen ruokanen ruokojärvi ruonala ruoppila ruotsala ruotsalainen ruottinen
    ruponen rusanen ruskeepää ruuska ruuskanen ruusunen ruusuvuori ruuth ruutiainen rydman ryhänen rytilahti rytkölä
    rytkönen ryttyläinen ryynänen räihälä räihänen räikkönen räisänen räntilä räsälä räsänen rätty räty rönkkö rönkä
    rönnberg rönnqvist röyskö saaranen saarela saarelainen saarenpää saarento saari saariaho saarijärvi saarikivi
    saarikko saarikoski saariluoma saarimaa saarimäki saarinen saario saarnio saastamoinen sahala sahi sahlberg
    sahlman sahlsten saikkonen sainio sairanen sakkinen saksala saksanen saksi salakka salin sallinen salmela
    salmelainen salmenkivi salmenoja salmi salmijärvi salminen salmivaara salo saloinen salokangas salokannel
    salomaa salomonsson salomäki salonen saloniemi salonius saloranta salovaara saloviita sandberg sandelin sandell
    sandholm sandman sandqvist sandström sankala santala santanen santaniemi saramäki saranpää saraste sares saresma
    sarkkinen sarkola sarlin sarvela satola saukkola saukkonen saukkoriipi saurio savander savela savikko savinainen
    savola savolainen savonen savonlahti schröder selander selenius selin selkäinaho selkälä sell seppinen seppä
    seppälä seppäläinen seppänen sertti siekkinen siermala sievers sihvo sihvola sihvonen siikaluoma siikanen
    siirilä siirtola siitari siitonen siivola siivonen silander silen silfvast silfverberg sillanpää siltala
    siltanen silvasti silvennoinen silvola silvonen simi simoila simola simonen simonsson sinisalo sinkko sinkkonen
    sipilä sipiläinen sipola siponen sirainen sirkiä sirkkola sirola sirén sivonen sivula sjöberg sjögren sjöholm
    sjölund sjöman sjöroos sjöström skog skogberg skogman skogström skön snellman snäll sohlberg sohlman soikkanen
    soikkeli soimakallio soini soininen solala solin somerkoski somero somppi sopanen sorainen sormunen sorsamäki
    soukka sovijärvi stenberg stenius stenlund stenman stenroos stenström stenvall storbacka strand strandberg
    strandman strömberg strömmer strömsholm sturm styrman ståhl ståhlberg suhonen suihkonen suikkanen suikki
    sulander sulin sulkakoski sulkanen sundberg sundelin sundell sundgren sundholm sundman sundqvist sundström suni
    sunila suntila suojanen suojärvi suokas suokko suomala suomalainen suomela suominen suoniemi suonpää suopajärvi
    suoranta suorsa surakka susiluoto sutela sutinen suuronen suutarinen suvilehto svahn svanberg svanström svensk
    svärd sväre sydänmaa syrjälä syrjäläinen syrjänen syrén syväjärvi syvänen säkkinen särkelä särkijärvi särkilahti
    särkinen särkiniemi särkkälä sääksjärvi sääskilahti söderberg söderblom södergård söderlund söderman söderqvist
    söderström taavila taavitsainen tahvanainen taimela taiminen taimisto taina taipalus taittonen takala takalo
    takamäki takkala takkinen takkunen talola talus talvinen talvio talvitie tammela tammilehto tamminen tamminiemi
    tammisto tanhuanpää tanner tanninen tanskanen tapanainen tapaninen tapio tapiola tapper tarkiainen tarkkanen
    tarpila tarvainen tarvonen tasanen taskila taskinen tauriainen taurula teikari teittinen teivonen tenhunen
    tenkanen teppo teppola tepponen tervaniemi tervo tervola tervonen teräsvirta teräväinen thesleff thomasson
    tiainen tiensuu tihinen tihonen tihveräinen tiihonen tiilikainen tiirikainen tiirola tiitinen tiittanen tiitto
    tikkala tikkanen tikkinen tilus timonen timoskainen timperi tirkkonen tirri tirronen tiusanen toikka toikkanen
    toivanen toiviainen toivola toivonen tolonen tolppanen tolvanen tomperi toppila toppinen torikka torkkeli
    torkkola tornberg torniainen tornio toropainen torppala torstila torvela torvinen tossavainen tourunen
    treuthardt tuhkala tuhkanen tuikkala tukia tukiainen tuliainen tuohimaa tuohinen tuokko tuomaala tuomainen
    tuomala tuomela tuomi tuomikoski tuomilehto tuominen tuominiemi tuomisalo tuomisto tuomola tuononen tuori
    tuovila tuovinen tupala tuppurainen turkia turkkila turpeinen turpela turtiainen turto turula turunen tuunainen
    tuunanen tuutti tynjälä tynkkynen tyrkkö tyrväinen tyynelä täckman tähkiö tähkänen tähkäpää tähtinen tänavanen
    törhönen törmälä törmänen törnqvist törnroos törnwall törrönen uimonen ukkola ukkonen ulander ullakonoja ulmanen
    ulvila ulvinen umpihanka uotila uotinen uronen urpilainen urpola uskali utriainen utunen uusi-hakala uusi-oukari
    uusikangas uusimäki uusiniemi uusitalo uutela vaahtoranta vaarala vaaramäki vaaraniemi vadén vahala vahlroos
    vahtera vahtola vaihela vainikainen vainikka vaininen vainio vainionpää vainonen vaittinen valjakka valkama
    valkeapää valkeila valkola valkonen vallin vallinen vallius valtanen valtari valtonen vanhala vanhamäki vanhanen
    vanhatalo varala varila varjonen varonen vartiainen vasala vasankari vasara vasarainen vatanen vauhkonen vehkala
    vehkaoja vehkaperä vehmaa vehmas vehviläinen veijalainen veijola veijonen veikkola veikkolainen veistola vekki
    velin vepsä vepsäläinen verkasalo vesala vesalainen vesanen vesanto vesikansa vesterbacka vesterinen vesterlund
    veteläinen viander vidgren vihavainen vihola viholainen viinamäki viinanen viinikainen viinikka viitala
    viitamäki viitanen viitanieimi viitaniemi viitasaari viitasalo viitikko viljakainen viljamaa viljanen vilkko
    vilkman villman vilminko vilponen vilén virkkala virkki virkkunen virolainen virrankoski virranniemi virta
    virtala virtanen virtaniemi virén visala visuri vitikainen viukari vuokila vuolanto vuolteenaho vuorela
    vuorenmaa vuorenpää vuori vuorikoski vuorinen vuorio vuorisalo vuoristo vuorma vuotari vuotila väisälä väisänen
    väkiparta välikangas välikoski välimaa välimäki välisalo vänskä vänttinen väyrynen väänttinen väänänen
    vääräniemi väätäinen wager wahlberg wahlroos wahlström walden wallenius wallgren wallin weckman weckström
    westberg wester westerback westerberg westerholm westerlund westman wickström widgren wiik wikberg wiklund
    wikman wikström wirta wirtanen wirén wrede yli-hukkala yli-luoma yli-pekkala yliaho ylihärsilä ylikangas
    ylikorpi ylikoski ylimäki ylinen yliniemi ylipää ylisaari ylitalo ylläsjärvi ylämäki ylönen ypyä yrjänä
    yrjänäinen yrjölä yrjönen äikiä äikäs äimälä äkäslompolo ängeslevä äyräväinen åberg ågren åhman åkerberg
    åkerblom åkerlund åkerman åström öberg ögren öhberg öhrnberg östberg österberg österholm österlund östman
    """
)

FROM_ELSEWHERE = word_set(
    """
    abbas abdalla abdallah abdelrahman abdi abdulkadir abdulla abdullah abdullahi abdulle abdulrahman abebe abramov
    abshir abukar acharya acheampong achieng adam adamczyk adams adamski adebayo adeleke adeyemi adhikari adjei
    afanasjev afolabi agarwal aguilar agyemang ahmad ahmadi ahmadzai ahmed ainanshe akbari akimov aksjonov aksoy
    aktas akter al-ahmad al-ali al-bayati al-dulaimi al-hashimi al-hassan al-hussein al-janabi al-khalidi al-masri
    al-mosawi al-musawi al-najjar al-obaidi al-rubaye al-saadi al-saedi al-shammari al-tamimi al-zubaidi alavi
    albrecht aleksandrov aleksandrova alekseev alekseeva aleksejev alemu alizadeh allen allik almeida alonso alvarez
    amini amiri amoah andersen anderson andreev andreeva andrianov andrzejewski anisimov antonov antwi appiah araujo
    arhipov arora arslan artan arvidsson aryal asadi asante asfaw aslan avdejev awad awale aydin azizi babic babić
    bagheri bahrami bailey bajrami balan balašov balde balodis balogh balogun banda bandara banerjee barakzai
    baranov baranowski barbosa barbu barros barzani bashir basnet bauer baumann becker begum bekele beljaev beljakov
    bello belousov belov belyaev bengtsson bennett berger berhane berisha berntsen berzins bhandari bhatia bhattarai
    bhuiyan bianchi bilous birjukov blanc blanco blinov boateng bobrov bogdanov bogomolov boiko bondar bondarenko
    bonnet boonmee borisov borisova borkowski borodin boyer bozkurt braun brooks brzeziński budhathoki bulhan butkus
    bykov bytyqi bąk bērziņš cakir camara campbell cardoso carter carvalho castillo castro ceesay celik cerny cetin
    chanthara chatterjee chau chauhan chen cheng chevalier chhetri chmielewski chopra chowdhury christensen chukwu
    cieślak ciobanu cisse clark cojocaru collins constantinescu cooper correia cortes coskun coulibaly cruz
    czarnecki czerwinski dabrowska dabrowski dahal dahir dangol danilov danjuma darwish davis davydov delgado
    dementjev demidov demin demirci deng denisov desai deshmukh diaconu diallo diarra diaz didenko dimitrov dinh
    dirie diriye djordjevic dmitriev dogan dominguez domínguez doğan drozdov dube dubey dubois dudek dumitrescu
    dumitru duong dupont durand dursun dutta dvorak dvořák díaz dąbrowski ebrahimi edwards efimov efremov egal
    egorov egorova eliseev ellis emeljanov enache erdogan erdoğan eremin ermakov eršov eskandari espinoza esposito
    evans evdokimov eze fadeev farah faraj farhadi farhan farkas farole fathi fedorov fedorova fedotov feng
    fernandez fernando fernández ferrari ferreira filatov filippov firsov fischer fisher fokin fomin fonseca
    fontaine fournier franke fransson friedrich frolov fuchs gajewski galkin gallego garcia garnier garrido gashi
    gautam gavrilov gebremedhin gelle georgescu georgiev gerasimov ghasemi gheorghe ghimire ghorbani ghosh gibson
    girard giri girma golovin golubev gomez gontšarov gonzalez gonzález gorbunov gorski gorškov gowda grabowska
    grabowski grachev graham grigoriev grishin gromov guerin guerrero gueye guled gunnarsson guo gupta gurung gusev
    gutierrez gutiérrez gómez górski gül güler gündüz günther güven głowacki habibi habte haddad hadi hadžić hahn
    haidari haile haji hajizadeh hakimi haliti halvorsen hamad hamdan hamid hamidi hamilton hansen hared haritonov
    harris harrison hartmann hasan hashemi hasić havryliuk he hegde heidari hernandez hernández herrera herrmann
    hersi hoang hodzic hodžić hoffmann hofmann hohlov honchar horvat horvath horváth hossain hosseini hotak howard
    hoxha hruska hrytsenko hu huang huber hughes hussain hussein husseini huynh håkansson ibrahim ibrahimi iglesias
    ignatjev ignatov ilic iliescu ilin ilić ilunga intharat ionescu iordache isaev islam ismail issa isse ivanenko
    ivanova iyer jabbar jablonski jabłoński jackson jadhav jafari jain jakovlev jakubowski jalali jallow jamal
    jamali jang jankauskas jankowska jankowski jansen jansons jasiński jaworska jaworski jayawardena jensen jiang
    jibril jimenez jiménez johnson johnsson jones jonsson jordan joshi jovanovic jovanović judin juhász juma juric
    jurić jõgi jönsson kabila kaczmarek kadhim kaewmanee kahin kaiser kalala kalašnikov kale kalinin kalinowski
    kallas kalnins kamau kaminska kaminski kamiński kangur kaplan kapoor karakaya karasev karim karimi kariuki
    karpenko karpov karu karzai kasongo kastrati kaya kazakov kazemi kazlauskas kaźmierczak kebede keita keller
    kelmendi keskin khadka khalaf khalid khalil khan khanna kharchenko khomenko khoury kikkas kilic kimani kipchoge
    kiprop kirillov kirs kiselev klein klimov klymenko knezevic knežević knjazev kobayashi koirala kolesnikov
    komarov kondratjev konovalov konstantinov koppel korkmaz kornejev korolev koroljov korotkov kostenko kostiuk
    kotov kovac kovacevic kovacs koval kovalchuk kovalev kovač kovačević kovács kowalczyk kowalski kozlov kozlova
    kozlowska kozlowski kozłowski koç kołodziej krajewski krasniqi krasnov krause kravchenko kravchuk kravets
    krawczyk krishnan kristiansen krjukov krumins kruus krylov krüger kubiak kucharski kudrjavtsev kudrjašov kulikov
    kulkarni kumar kushnir kuusk kuzin kuzmenko kuzmin kuzmina kuznetsov kuznetsova kwiatkowska kwiatkowski käär
    könig kütt lakatos lambert lange larin larsen larsson laskowski lavrov lazarev lebedev lebedeva lefebvre lehmann
    leonov leontjev lepik lepp leppik leroy levchenko levin lewandowska lewandowski lewis li liang liepins lima
    limbu litvinov liu lobanov loginov lopez lorenz lozano luik lukjanov lundin lungu luong luu lysenko lytvyn
    lytvynenko lópez lõhmus ma maciejewski magar magnusson mahamed mahamud maharjan mahmoodi mahmoud mahmud maier
    maina majeed majewska majewski majidi majorov makarov makarova makowski maksimov malek malhotra malinowska
    malinowski maltsev malyshev manea mansour mansouri marchenko marciniak maric marino marić markov markovic
    marković marshall martinez martyniuk martynov martínez marín maslov matei matveev mayer mazur mazurek mbala
    mcdonald medina medvedev mehdi mehta meier melnikov melnychuk melnyk mendez mengistu menon mensah mercier meyer
    miah michalak michalska michalski mihailov mihejev mikhailov mikhailova miller milosevic milošević mironov
    mirzaei mishra mitchell mitrofanov mocanu moghaddam mohamed mohammadi mohammed mohamoud mohamud mohsen moiseev
    moldovan molina molnar molnár moltšanov monteiro moore moradi morales moreau moreira moreno morgan morina moroz
    morozov morozova morris mousavi moyo muhin mukendi mukherjee muller munoz munteanu muravjov murphy murray muse
    mushi mustafa mutua muñoz mwale mwangi mägi mänd mårtensson méndez mészáros möller müller naderi naik nair
    nakamura nasser naumov navarro nazarenko nazari nazarov nazir ndiaye ndlovu neagu negash nekrasov nelson nemeth
    nesterov netšajev neumann neupane ngoy nguyen nguyễn nicolescu nielsen nikiforov nikitin nikitina nikolaev
    nikolaeva nikolajev nikolic nikolić nikolov nikulin nistor njoroge noori nosov nouri novak novikov novikova
    novotny nowak nowicka nowicki nunes nunez nwachukwu nwosu németh núñez ochieng odhiambo ofori ogunleye okeke
    okonkwo okoro oliinyk oliveira oliynyk olsen olszewska olszewski oláh omar omer oprea orlov orlova ortega ortiz
    osei osipov osman osmani ostrowski otieno ovtšinnikov owusu ozdemir ozkan ozolins ozols ozturk pan panchenko
    pandey panfilov panov papadopoulos papp parekh patel patil patterson paudel paulauskas pavlenko pavliuk pavlov
    pavlova pavlovic pavlović pawar pawlak pawlowska pawlowski pawłowski pedersen peng pereira perera perez persson
    peters peterson petrauskas petrenko petrescu petrov petrovic petrović petuhov phan phillips phiri phonsri
    phromma pietrzak pillai pinto piotrowska piotrowski platonov plotnikov pokharel polat polishchuk poljakov
    polyakov ponomarenko ponomarev popal popescu popov popova popovych potapov poudel powell prochazka prokhorov
    prokofjev prykhodko przybylski pärn pérez põder qaderi qasim qian quach radu raghavan rahimi rahman rahmani
    rajabi rajput ramirez ramos ramírez rao rashid rasmussen rasouli rasul rattanapong raudsepp rebane reddy regmi
    rexhepi reynolds rezaei rezai ribeiro ricci richardson richter rijal rjabov roberts robinson roble rocha
    rodionov rodrigues rodriguez rodríguez rojas romaniuk romanov romanova romero ross rousseau roux rubio rudenko
    ruiz rumjantsev russell rutkowska rutkowski rybakov sabri sadeghi sadiq sadowski sae-tang saetang safonov
    saharov sahin salazar saleh salem salih salim samadi samatar samoilov samsonov samuelsson sanchez sanders sandu
    santos sanz sapkota sarkar savchenko savchuk savelev savin sawicki scherbakov schmid schmidt schmitt schneider
    scholz schubert schulz schulze schwarz schäfer sediqi sedov seleznev semenov semenova semjonov sepp sergeev
    sergejev serov serrano sethi shah shahidi shaker shala sharifi sheikh sherpa shetty shevchenko shevchuk shinde
    shrestha shukla shvets sidorov sikk sikora sikorski simonov simsek singh skvortsov smirnov smirnova smith
    sobczak sobolev sofronov sokolov sokołowski soloviev solovjov soltani somboon sombun sorokin spiridonov
    srinivasan srisuk stanciu stanekzai stanescu stankevičius stepanov stepanova stewart stoica stojanovic
    stojanović stoyanov stępień suarez subedi subramanian sugulle suksawat sullivan sultani sundaram suzuki suárez
    svensson svoboda sydorenko szabo szabó szczepański szewczyk szulc szymanska szymanski szymański szymczak sánchez
    sørensen tadesse taheri tahir tahiri takahashi takács tamang tamm tamme tanaka tarasenko tarasov taylor teixeira
    tekin tekle terentjev tereshchenko tesfaye thai thakur thapa thaqi thomas thompson thongchai tian tihomirov
    tihonov timofejev titov tiwari tkachenko tkachuk todorov tomaszewski toome toprak torres toth touray toure
    traore trinh trofimov truong tshibangu tsvetkov tuna turner tymoshenko tšerkasov tšernov tšernyšov tšistjakov
    uddin ugas uibo urbański urbonas ustinov ušakov vaher vargas vasilescu vasiliev vasilieva vasylenko vazquez
    venkatesh verma vieira villems vinogradov vladimirov vlasov vogel voicu volkov volkova voloshyn vorobiev
    vorobjov voronin voronov vorontsov vukovic vuković vázquez wagner walczak walker wallace walter wang wanjiku
    wardak wasilewski watanabe watson weber weiß werner wickramasinghe wieczorek williams wilson winkler wisniewski
    witkowska witkowski wiśniewska wiśniewski wlodarczyk wojciechowski wojcik wongsa wongsakul wozniak woźniak
    wright wróbel wróblewski wu wysocki wójcik xiao xie xu yadav yakovenko yakovlev yamamoto yang yasin yavuz
    yildirim yildiz yilmaz yoon yoshida yousefi yousif youssef yousuf yuan yurchenko yussuf yusuf yüksel zadeh
    zaharov zaitsev zaitseva zajac zając zakharov zakharova zaki zakrzewski zalewski zamani zarei zawadzki zhang
    zhao zheng zhong zhou zhu zhukov zhuravlev ziaee zielinska zielinski zieliński zimmermann zinchenko ziółkowski
    zotov zuev zulu zverev álvarez çelik çetin özdemir özkan öztürk ünal đorđević şahin şimşek šiškin ždanov
    """
)
