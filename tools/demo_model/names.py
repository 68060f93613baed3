"""Names that the training texts draw from, besides those of `words.py`: a list of their own, so that a longer list in
`redaction` does not change the training. Common names; no person is meant.
"""

FIRST = frozenset(
    """
    aapo aaro aatu ada adam aino akseli aki aleksi alina alisa alma alvar amanda anders anja anna anne anneli
    anni anniina annika annikki ansa anssi antero anton antti anu ari armas arto arttu arvo asko asta atte auli
    aulis aune daniel eero eetu eeva eevi eija eila eino elias elina elisa elli ella elmo elsa elviira emil
    emilia emma emmi ensio erik erkki essi esko eveliina fanni frans hanna hannele hannes hannu harri heidi
    heikki heini helena helga helge helmi helvi henri henrik henna hilda hilkka hille iida iiris ilkka ilmari
    ilona ilpo inka inkeri irene iris irja irma ismo jaakko jaana jalmari jan jani janina janne jari jarkko
    jarmo jarno jasmin jenna jenni jere jesse joel johan johanna johannes joni jonna joona joonas jori jorma
    jouko jouni juha juhana juhani juho jukka julia juri jussi juuso jyrki jyri kaarina kaarlo kaija kaisa
    kalervo kalevi kalle kari karoliina katariina kati katja katri kauko keijo kerttu kim kimmo kirsi kirsti
    klaus konsta kristian kristiina kyllikki kyösti laila lari lasse laura lauri lea leena leevi leila lenni leo
    liisa lilja linda linnea lotta luukas maarit maija maiju mari maria marianne mariia marika marita marja
    marjatta marjo marjut markku marko markus martta martti matias matilda matleena matti mauri mervi mia miika
    mika mikael mikko milla minna minttu mira mirja mirjami mirka mirva miro misa nea nelli nico niilo niina
    nina niko nikolai noora oili olavi olga oliver olli onni oona oskari ossi osmo otso otto outi paavo paula
    pauli pauliina pekka pentti pertti petra petri petteri pia piia pirjo pirkko päivi pyry raija raili raimo
    ralf rasmus rauha rauni rauno reijo reetta reino riikka riitta risto ritva roni roope saana saara saija
    saila saimi saku salla sami sampo samu samuel samuli sanna santeri santtu sara sari satu saul saulus seija
    senja seppo silja silvia simo sini sinikka sirkka sirpa sofia sohvi soila sonja stina susanna suvi sylvi
    taina taisto taneli tanja tapani tapio tarja taru tatu teemu teija tellervo teppo terho terhi terttu tero
    teuvo tiia tiina tiinu timo toini tomi tommi toni topi toivo topias tuija tuire tuomas tuomo tuula tuuli
    tuulikki tuure tytti tyyne ulla unto urho urpo usko vappu veera veeti veijo veikko veli venla vesa vieno
    vilho ville vilma viljami viljo virpi väinö yrjö ahmed mohamed ali olga natalia irina tatjana elena svetlana
    igor sergei nguyen abdi fatima
    """.split()
)
LAST = frozenset(
    """
    aalto aaltonen aho ahola ahonen alanen alatalo anttila anttonen backman berg eerola ekholm ekman eklund elo
    eloranta eriksson eronen erkkilä fagerström forsström friman granlund grönroos gustafsson haapala haapaniemi
    haapanen haavisto haikonen hakala hakkarainen halonen hannula harju harjula heikkilä heikkinen heino
    heinonen helenius helin hiltunen hirvonen holopainen honkanen huotari huttunen huuskonen hyvärinen häkkinen
    hämäläinen hänninen härkönen ikonen immonen jaakkola jansson jokela jokinen johansson juntunen jussila
    jääskeläinen kaikkonen kallio karhu karjalainen karlsson karppinen karvonen kauppila kauppinen keränen
    ketola kettunen kinnunen kivelä kivinen koistinen kokko kokkonen kolehmainen komulainen korhonen korpela
    korpi koski koskela koskinen kosonen kujala kulmala kuosmanen kurki laakso laaksonen lahti lahtinen laine
    laitinen lampinen lappalainen latvala lehmus lehtinen lehto lehtola lehtonen leino leinonen lepistö leppänen
    leskinen liimatainen lindberg lindfors lindholm lindqvist lindroos lindström linna loponen luoma luukkonen
    majuri makkonen malinen manninen markkanen martikainen mattila mattsson meikäläinen miettinen moilanen
    mustonen myllymäki mäkelä mäki mäkinen määttä nenonen niemelä niemi nieminen niskanen nissinen nikula
    nousiainen nuutinen nurmi nurminen nykänen nyman nyberg ojala oinonen oksanen ollila paananen pajunen
    palander partanen parviainen pasanen patrikainen peltola peltonen pelkonen penttinen pesonen pietilä pirinen
    pitkänen pohjola poikonen puranen pulkkinen pursiainen rajala rantala rantanen rautiainen rautio riihimäki
    rinne rissanen romppainen ruotsalainen rossi räisänen räsänen rönkkö saari saarela saarinen salmela salmi
    salminen salo salonen savolainen seppälä seppänen sillanpää silvennoinen simola sipilä sirola soininen
    suhonen suomalainen suominen sundström sutinen takala takkinen tamminen tanskanen tenhunen tiainen tikkanen
    timonen toivanen toivonen tolonen tuominen tuomi turunen ukkonen vainio valkonen vanhanen vartiainen vasara
    vehviläinen vesterinen viitala virta virtanen vuori vuorinen väisänen välimäki väänänen wikström ylinen
    ylönen
    """.split()
)
