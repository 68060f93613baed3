"""The ten-minute call: one customer, many errands. Same notation and the same synthetic data as the short calls."""

LONG_SERVICE = """
A: kuntaenergia, asiakaspalvelu, [AGENT henrik]. iltapäivää.
C: päivää, [PERSON matti meikäläinen] soittelee. tuota, mulla olis oikeastaan useampikin juttu, että varaa vaan aikaa.
A: ei hätää, käydään ne yksi kerrallaan läpi. saanko ensin henkilötunnuksen niin pääsen tietoihin?
C: joo totta kai. [HETU kolmastoista kymmenettä viiskytkaks ja loppuosa on yheksänsataakolkyt vee].
A: kiitos, varmistan vielä. [HETU kolmetoista kymmenen viisikymmentäkaksi viiva yhdeksänsataakolmekymmentä vee], niin kuin [HETU vihtori]?
C: vihtori nimenomaan.
A: selvä juttu. ja asiakasnumero on siis [CUSTOMER_NUMBER nolla nolla seitsemän kahdeksan yhdeksän kaksi kolme]?
C: niin se taisi olla, mulla on tässä kirje kädessä. [CUSTOMER_NUMBER nolla nolla seiska kasi ysi kaks kolme], kyllä.
A: mahtavaa. mikä on ensimmäinen asia?
C: no se edellinen puhelu jäi vähän kesken. mä pyysin viime kuussa sen tasauslaskun jakamista kahteen erään.
A: näen sen täältä. ensimmäinen erä oli kuusikymmentäkolme euroa ja se on maksettu marraskuun viides päivä.
C: hyvä, mutta se toinen lasku ei ole tullut vieläkään.
A: se lähtee ensi viikon tiistaina. eräpäivä on viidestoista joulukuuta ja summa sama kuusikymmentäkolme euroa kaksikymmentä senttiä.
C: aha, no eipä siinä sitten. voisko sen saada suoraan pankkiin eikä paperilla?
A: onnistuu. tarvitsen siihen tilinumeron, mistä laskut maksetaan.
C: hetki, mä kaivan lompakon. no niin. [IBAN faarao iivari kakskytyks, yks kaks kolme neljä viis kuus ja sitten viis nollaa seittemän kaheksan viis].
A: luen sen takaisin. [IBAN äf ii kaksi yksi, yksi kaksi kolme neljä, viisi kuusi nolla nolla, nolla nolla nolla seitsemän, kahdeksan viisi].
C: siinä se on. mulla oli ennen semmonen vanhan mallinen tilikin, onko se vielä jossain siellä?
A: on täällä yksi vanha merkintä, [ACCOUNT yksi kaksi kolme neljä viisi kuusi viiva seitsemän kahdeksan viisi].
C: sen saa poistaa, se pankkikonttori lopetettiin jo ajat sitten.
A: poistan sen nyt. sitten seuraava asia, olkaa hyvä.
C: niin, se mun puhelinnumero on vaihtunut. se vanha oli työnantajan ja mä jäin keväällä eläkkeelle.
A: onneksi olkoon eläkepäivistä. mikä se uusi numero on?
C: [PHONE nolla neljäkymmentä].
A: joo.
C: [PHONE yks kaks kolme].
A: [PHONE yksi kaksi kolme].
C: [PHONE neljä viis kuus seittemän].
A: elikkä [PHONE nolla neljäkymmentä, yksi kaksi kolme, neljäkymmentäviisi kuusikymmentäseitsemän].
C: juuri näin. ja siihen saa laittaa viestiä kun on katkoja.
A: laitan rastin ruutuun. entä sähköposti, onko se edelleen työpaikan osoite?
C: ei, sekin pitää muuttaa. laita [EMAIL matti alaviiva meikalainen miukumauku example piste fi].
A: onko siinä meikäläinen ilman pisteitä, pelkkä aa?
C: joo ilman pisteitä. ja alaviiva siinä välissä.
A: hyvä, kirjoitin sen niin. mitä muuta meillä oli?
C: no sitten se mökki. meillä on kesämökki tuolla järven rannalla ja sinne tulee laskuja vaikka siellä ei talvella olla.
A: ymmärrän. mikä mökin osoite on?
C: [ADDRESS rantatie kaheksankytneljä], ja paikkakunta on [POSTCODE siilinjärvi].
A: löytyikö teiltä siitä käyttöpaikan numero, niin saan varmasti oikean?
C: oottakaas, se lukee siinä laskussa pienellä. [METERING kuus neljä kolme yheksän yheksän yheksän yheksän yheksän].
A: joo, jatkakaa vain.
C: [METERING nolla nolla nolla nolla, nolla nolla nolla nolla, yks viis].
A: löytyi. siellä on kolme kertaa kaksikymmentäviisi ampeerin pääsulake ja kulutus oli viime vuonna yhdeksänsataa kilowattituntia.
C: niin, jääkaappi ja muutama lamppu. paljonko se perusmaksu siellä on?
A: kahdeksan euroa viisikymmentä senttiä kuukaudessa, ja siirto tulee verkkoyhtiöltä erikseen.
C: eikö siihen ole mitään halvempaa? kun ei siellä olla kuin kesäkuusta syyskuun alkuun.
A: voisin ehdottaa kausisähköä. talvella hinta on kymmenen pilkku kaksi senttiä ja kesällä kuusi pilkku viisi senttiä.
C: kuulostaa paremmalta. vaihdetaan siihen saman tien.
A: teen muutoksen, se astuu voimaan ensimmäinen tammikuuta. saatte siitä kirjallisen vahvistuksen.
C: hyvä homma. sitten mun tytär on muuttamassa meidän vanhaan asuntoon ja hänelle pitäis tehdä oma sopimus.
A: senkin voi hoitaa, jos hän antaa siihen valtuutuksen. mikä tyttären nimi on?
C: [PERSON maija meikäläinen]. hän on tässä vieressä, haluatteko että kysyn jotain?
A: kysykää hänen henkilötunnuksensa, jos hän suostuu siihen.
C: joo, hän sanoo että [HETU nolla viis nolla viis yheksän neljä, uu, yheksän nolla kolme äm].
A: [HETU nolla viisi nolla viisi yhdeksän neljä uu yhdeksän nolla kolme äm], niin kuin [HETU matti]?
C: matti, sama kuin minä.
A: ja mikä on asunnon osoite?
C: [ADDRESS esimerkkikatu viis bee kakstoista], [POSTCODE seittemän nolla yks nolla nolla kuopio].
A: tuttu talo. milloin hän muuttaa sinne?
C: joulun jälkeen, kahdeskymmenesseitsemäs joulukuuta suunnilleen.
A: hyvä. se on kerrostalo, joten kulutus lienee noin tuhatkahdeksansataa kilowattituntia vuodessa.
C: ei siellä saunaa ole, mutta pyykkiä pestään paljon.
A: silloin ehdottaisin kiinteää hintaa, seitsemän pilkku yhdeksän senttiä kilowattitunnilta ja kaksitoista kuukautta kerrallaan.
C: mä kysyn. hän sanoo että se käy, kunhan ei tarvitse vahtia mitään tuntihintoja.
A: siinä ei tarvitse. mihin numeroon voimme lähettää hänelle vahvistuksen?
C: se saa tulla minun numeroon, [PHONE nolla nelonen nolla, satakakskytkolme, nelkytviis, kuuskytseittemän].
A: sopii hyvin. ja laskun saajaksi tulee siis [PERSON maija meikäläinen]?
C: kyllä, lasku menee [PERSON maija meikäläiselle], ei enää mulle.
A: tein luonnoksen valmiiksi. hänen asiakasnumeronsa on [CUSTOMER_NUMBER viisi viisi yksi nolla kolme kaksi kahdeksan].
C: oota, mä otan kynän. sano uudestaan.
A: [CUSTOMER_NUMBER viisikymmentäviisi kymmenen kolmekymmentäkaksi kahdeksan].
C: [CUSTOMER_NUMBER viis viis yks nolla kolme kaks kaheksan]. hyvä, nyt on paperilla.
A: onko hänellä tunnussanaa, jolla hän voi asioida puhelimessa?
C: mitä se tarkoittaa?
A: se on sana, jonka vain hän tietää, niin kukaan muu ei voi muuttaa sopimusta.
C: no laitetaan vaikka [SECRET sinikello].
A: tallennettu. meneekö teillä vielä hetki, vai onko kiire?
C: ei tässä kiire ole, kahvi porisee. kysyisin vielä niistä aurinkopaneeleista.
A: kysykää ihmeessä.
C: naapuri sanoi että te ostatte ylimääräisen sähkön takaisin. mitä siitä maksetaan?
A: maksamme pörssihinnan miinus kolmekymmentä sentin sadasosaa, eli nolla pilkku kolme senttiä kilowattitunnilta.
C: ja paljonko semmonen paketti maksaa asennettuna?
A: omakotitaloon kahdeksan kilowatin järjestelmä on ollut noin yhdeksäntuhatta viisisataa euroa, ja kotitalousvähennys siihen päälle.
C: huh, se on paljon rahaa. montako vuotta siinä menee ennen kuin se on maksanut itsensä takaisin?
A: yleensä kymmenestä neljääntoista vuotta, katon suunnasta riippuen.
C: täytyy miettiä vaimon kanssa. lähettäisittekö siitä esitteen?
A: lähetän sen sähköpostiin jo tänään. haluatteko myös, että asiantuntija soittaa teille?
C: voi soittaa, mutta vasta ensi vuoden puolella. mielellään aamupäivällä, kymmenen ja kahdentoista välillä.
A: laitan toiveen ylös. sitten minulla olisi teille yksi kysymys meidän puolelta.
C: no antaa tulla.
A: teiltä puuttuu maksukortin tiedot latauspalvelusta. käytättekö sitä latausasemaa kaupungin torilla?
C: käytän joo, me vaihdettiin sähköautoon kesällä. rekkari on [PLATE aa bee see sata kakskyt kolme].
A: haluatteko, että lataukset veloitetaan kortilta?
C: se olis kätevintä. luenko mä sen tästä?
A: lukekaa vain rauhassa neljän numeron ryhmissä.
C: [CARD neljä yks yks yks]. [CARD yks yks yks yks]. [CARD yks yks yks yks]. ja vielä [CARD yks yks yks yks].
A: kiitos, eli [CARD neljä ja sitten viisitoista ykköstä].
C: niin siinä näyttää olevan, hassu numero.
A: latauksen hinta on kaksikymmentäneljä senttiä kilowattitunnilta ja aloitusmaksua ei ole.
C: ihan kohtuullista. onko teillä ne palvelupisteet muuten vielä auki siellä keskustassa?
A: on, arkisin yhdeksästä viiteen ja torstaina puoli seitsemään asti. lauantaisin olemme kiinni.
C: hyvä tietää, jos pitää tulla näyttämään papereita.
A: ei tarvitse, kaikki hoitui tässä. kertaan vielä lopuksi mitä sovittiin.
C: kertaa vaan, mulla alkaa jo mennä sekaisin.
A: toinen erä laskusta tulee verkkopankkiin, yhteystiedot on päivitetty, mökille tulee kausisähkö ja tyttärelle uusi sopimus.
C: ja ne paneelit.
A: juuri niin. paneelien asentaja soittaa teille ennen kuin mitään tilataan, ja katolla käydään vasta kun lumet ovat sulaneet.
C: ei sillä mikään kiire ole, sähkölasku vaan tuppaa talvella nousemaan aika korkeaksi.
A: ymmärrän hyvin. moni asiakas on siirtänyt lämminvesivaraajan yölle, siitä saattaa säästää muutaman kympin kuussa.
C: täytyypä kokeilla, ajastin siellä kaapissa kyllä on.
A: ja esite paneeleista tulee sähköpostiin. jos jotain tulee mieleen, numeromme on nolla kaksikymmentä, viisisataakaksikymmentä, nolla yksi.
C: kiitos [AGENT henrik], olit kyllä tosi kärsivällinen.
A: kiitos itsellenne, oli mukava jutella. oikein hyvää joulun odotusta.
C: samoin sinne, kuulemiin.
A: kuulemiin.
"""
