"""What names and streets are drawn from; the second set has its own, so that no rule has seen them either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Town = tuple[str, str, str]
# A town, where it is, a postcode of it or of its neighbourhood.


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names to choose from, and parts that surnames are put together from."""

    firsts: tuple[str, ...]
    lasts: tuple[str, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Streets:
    """Parts of streets, an end's weight beside it; towns; and how many houses stand far out along a road."""

    heads: tuple[str, ...]
    ends: Mapping[str, int]
    towns: tuple[Town, ...]
    far_share: float = 0.0


SECOND_NAMES = Names(
    firsts=tuple(
        (
            "Kyösti Raija Terttu Aarne Hilkka Esko Irja Toivo Aune Väinö Sirkka Tauno Elvi Reijo Kirsti Unto Maire "
            "Onni Saara Joona Veera Niko Jenni Eetu Iida Leevi Venla Aleksi Nea Miro Oona Rasmus Emma Elias Ella "
            "Kimmo Outi Teemu Heli Jouni Tarja Kalevi Inkeri Ulla Ilkka Mervi Hannu Birgitta Göran Camilla Tuyet Bao "
            "Khadija Ifrah Sahra Bashir Omid Shirin Navid Parisa Beren Rojda Siarhei Oksana Taras Halyna Ruslan Aigul "
            "Dinara Giorgi Tigran Anush Radu Ioana Dragos Kadri Tiit Ülle Aivar Maarja Janis Ilze Vytautas Xiaoming "
            "Meiling Hiroko Kenji Arjun Lakshmi Sunita Bikash Anjali Folasade Emeka Adwoa Kofi Tendai Chipo Rosario "
            "Joaquin Xiomara Thiago Beatriz Ragnhild Alfhild Ansgar Birger Dagny Ebba-Stina Säde-Inkeri "
            "Pihla-Pauliina Eino-Ensio Ritva-Leena Veli-Jussi Hanna-Reetta Kanervikki Hopeatar Uuttero Ahjotar Lehtiö "
            "Suvimaria Tuulimo Orvokka Varpuli Ilokki Metsikki Salokas Väinämö Sädelmä Aamukka"
        ).split()
    ),
    lasts=tuple(
        (
            "Ruotsalainen Kettunen Pulkkinen Kokkonen Hyvönen Partanen Vainio Rajala Peltonen Ikonen Tolvanen "
            "Myllymäki Uusitalo Halonen Eskola Kauppinen Haapala Rautio Penttinen Sipilä Vuorinen Kivelä Nurmi "
            "Suominen Lindström Johansson Nyman Karlsson Sundberg Oksanen Moilanen Tikkanen Kemppainen Voutilainen "
            "Huttunen Lappalainen Pesonen Airaksinen Hautala Luoma Nguyễn-Pham Hosseini Rahimi Yildiz Demirel "
            "Bondarenko Kravchuk Tkachenko Lukashuk Beridze Sargsyan Ionescu Tamm Kask Ozols Kalniņa Jankauskas Zhang "
            "Takahashi Gurung Shrestha Adhikari Adeyemi Owusu Moyo Fuentes Carvalho Kjellberg-Östman Backlund-Frisk "
            "Rosendahlin Ståhlhammar Björkqvist-Ek Cederlöv"
        ).split()
    ),
    heads=tuple(
        (
            "Aitto Heinä Hilla Huurre Häkki Juurakko Karhi Kataja Kirnu Korppi Kuisma Kurki Kyynel Liekko Luode "
            "Majava Mesi Mänty Nokka Olki Palo Peura Pirtti Puro Rauni Roude Ruoho Sarka Sini Sorva Suvanto Taimen "
            "Talkku Tuura Untuva Usma Vaski Viita Väylä Yli-Sarka"
        ).split()
    ),
    tails=tuple("nen la järvi lahti lehto pelto saari korpi joki virta kivi harju luoma".split()),
)
SECOND_STREETS = Streets(
    heads=tuple(
        (
            "Tuomenmarjan Vanhan-Sahan Kärrykuskin Pajamestarin Lammasniityn Hirvilammen Rukkilan Viljamakasiinin "
            "Kirnu Ohra Kaura Ruis Humala Pellava Talkkuna Kantele Virsu Tuohikontin Nuottakodan Haravan Lautturin "
            "Halkopinon Kellosepän Siltavoudin Kalasääsken Telkän Kuovin Ylätalon Alakylän Savirannan Isonkiven "
            "Myrskylyhdyn Rovastin Lukkarin Meijerin Höyläämön"
        ).split()
    ),
    ends={
        "katu": 20, "tie": 34, "kuja": 9, "polku": 5, "raitti": 4, "kaari": 3, "rinne": 3, "kierto": 4, "perä": 4,
        "varsi": 3, "laita": 3, "kulma": 3, "notko": 2, "rivi": 2, "tanhua": 1, "niitty": 3,
    },
    towns=(
        ("Seinäjoki", "Seinäjoella", "60100"), ("Lapua", "Lapualla", "62100"), ("Rauma", "Raumalla", "26100"),
        ("Salo", "Salossa", "24100"), ("Nokia", "Nokialla", "37100"), ("Kangasala", "Kangasalla", "36200"),
        ("Mikkeli", "Mikkelissä", "50100"), ("Pieksämäki", "Pieksämäellä", "76100"), ("Kajaani", "Kajaanissa", "87100"),
        ("Rovaniemi", "Rovaniemellä", "96100"), ("Kokkola", "Kokkolassa", "67100"), ("Lohja", "Lohjalla", "08100"),
        ("Kotka", "Kotkassa", "48100"), ("Imatra", "Imatralla", "55100"), ("Vantaa", "Vantaalla", "01300"),
        ("Naantali", "Naantalissa", "21100"), ("Kauhava", "Kauhavalla", "62200"), ("Jämsä", "Jämsässä", "42100"),
    ),
    far_share=0.12,
)  # fmt: skip
SECOND_SECRETS = tuple(
    (
        "pihlajanmarja rantakivi Tessu vanhatraktori lumihiutale pullapitko haitari Mirri verkkokellari "
        "kuutamosonaatti perunamuusi sateenkaari purjevene kumisaapas Ressu omenapuu lankakerä ukkospilvi kanttarelli "
        "potkukelkka"
    ).split()
)
DEVELOPMENT_NAMES = Names(
    firsts=tuple(
        (
            "Matti Juha Timo Kari Mikko Antti Jari Pekka Hannu Heikki Markku Sami Janne Ville Tapio Eero Olli "
            "Lauri Jukka Teemu Maria Anna Tuula Ritva Leena Päivi Pirjo Sari Minna Tiina Kaisa Laura Hanna "
            "Anneli Helena Marjatta Liisa Johanna Katja Riitta Lumi Pihla Tuisku Sulo Hilppa Oiva Peppi Tyyne "
            "Urho Viena Jalo Kielo Aamos Ilta Gunvor Britt-Marie Håkan Solveig Ingmar Linnéa Torbjörn "
            "Ahmed Fatima Nguyen Svetlana Oleksandr Kaarel Abdirahman Ayaan Priya Rajesh Wei Zainab Mehmet "
            "Chidi Somchai Agnieszka Carlos "
        ).split()
    ),
    lasts=tuple(
        (
            "Korhonen Virtanen Mäkinen Nieminen Mäkelä Hämäläinen Laine Heikkinen Koskinen Järvinen Lehtonen "
            "Lehtinen Saarinen Salminen Heinonen Niemi Heikkilä Kinnunen Salonen Turunen Salo Laitinen "
            "Tuominen Rantanen Karjalainen Jokinen Mattila Savolainen Lahtinen Ahonen Ojala Leppänen Hiltunen "
            "Miettinen Pitkänen Yli-Kauppila Ruuhijärvi Kettukangas Tervahauta Äijälä Puputti Vesikkala "
            "Hautakorpi Öhman Lindqvist Söderholm Nygård Backlund Wikström Österback Sjöblom Rosenqvist "
            "Hassan Mohamed Tran Petrova Kovalenko Sharma Okafor Demir Kowalska García "
            "Warsame Chaiyasit Al-Jabouri Ivanov Pham"
        ).split()
    ),
    heads=tuple(
        (
            "Sammal Kuura Havu Rotko Tuohi Kaarna Hietikko Naava Usva Kelo Mätäs Pihka Varpu Lieju Ruoko "
            "Tammukka Suopursu Routa Kivikko Jänkä Lehvä Kajo Rimpi Saukko Näre Tihku Poukama "
            "Hanki"
        ).split()
    ),
    tails=tuple("nen la lainen mäki niemi ranta salo vaara aho lahti harju korpi".split()),
)
DEVELOPMENT_STREETS = Streets(
    heads=tuple(
        (
            "Kanervan Koivu Mylly Rauhan Kirkko Pelto Harju Lepolan Niitty Satama Ahon Tervahaudan "
            "Vanhankylän Kuusimäen Riihi Saha Rannan Opettajan Kaivo Sepän Mansikka Lampaan Tuomi Metsä "
            "Kalevan Jokelan Asema Ratsu Purjehtijan Leivon Soinin Hiirolan Kettu Latokartanon Vesaisen "
            "Laivurin Vuokon Kivi Käpylän Pihlaja"
        ).split()
    ),
    ends={
        "katu": 25,
        "tie": 30,
        "kuja": 14,
        "polku": 7,
        "kaari": 5,
        "raitti": 4,
        "rinne": 4,
        "mäki": 3,
        "ranta": 3,
        "aukio": 2,
        "piha": 2,
        "väylä": 2,
        "bulevardi": 1,
        "penger": 1,
        "portti": 1,
        "tori": 1,
    },
    towns=(
        ("Haukipudas", "Haukiputaalla", "90830"),
        ("Kajaani", "Kajaanissa", "87100"),
        ("Nokia", "Nokialla", "37100"),
        ("Raisio", "Raisiossa", "21200"),
        ("Mikkeli", "Mikkelissä", "50100"),
        ("Hamina", "Haminassa", "49400"),
        ("Loviisa", "Loviisassa", "07900"),
        ("Kokkola", "Kokkolassa", "67100"),
        ("Rovaniemi", "Rovaniemellä", "96100"),
        ("Iisalmi", "Iisalmessa", "74100"),
        ("Savonlinna", "Savonlinnassa", "57100"),
        ("Uusikaupunki", "Uudessakaupungissa", "23500"),
        ("Seinäjoki", "Seinäjoella", "60100"),
        ("Porvoo", "Porvoossa", "06100"),
        ("Forssa", "Forssassa", "30100"),
        ("Äänekoski", "Äänekoskella", "44100"),
        ("Kemi", "Kemissä", "94100"),
        ("Imatra", "Imatralla", "55100"),
        ("Riihimäki", "Riihimäellä", "11100"),
        ("Kangasala", "Kangasalla", "36200"),
    ),
)  # fmt: skip
DEVELOPMENT_SECRETS = tuple(
    (
        "mustikkapiirakka musti halla pörrö kesämökki kuunsilta saunavihta rusetti "
        "ponnekas villasukka kahvipannu pullamummo revontuli kuukkeli tunturilampi vanhasaha "
        "peikonlehti barcelona sunshine dolcevita liverpool freedom hakkapeliitta kielo orvokki joutsenlampi "
        "vesimeloni roope helmiina nappula punatulkku kissanpäivät jääkarhu perhokalastus mansikkamaa "
        "vaarinkeinu"
    ).split()
)
