"""First names that are common in Finland: Finnish and Swedish ones, and those of the languages that people moved from.

Written down from general knowledge, no data set was copied; `names.py` says how they are inflected.
"""

from __future__ import annotations

from redaction.wordlist import word_set

HOME = word_set(
    """
    aada aamu aapeli aapo aappo aarni aaro aarre aatto aatu abdi ada adalmiina adam adele ahmed aija aila aili aimo
    ainikki aino airi aki akseli akusti aleksandra aleksanteri aleksi aleksia aleksis alex alexander alexandra
    alfons ali aliina alina alisa alise allan alli alma alpo altti alvar alvari amalia amanda amelia amelie
    anastasia anders andrea andreas anelma anette angelika anita anitta anja anna anne anneli annette anni anniina
    annika annikki annina annukka ansa anselmi anssi ansu antero anton antonia antti antto anttoni anu ari armas
    armi arne arno arto arttu arttur artturi arvi arvid arvo asko aslak assi asta atte aukusti auli aulikki aulis
    aune aura aurelia aurora auvo axel beata beatrice benjamin berit bertta birgitta björn bo briitta brita bror
    carina carita carl carola caroline casper cecilia charlotta charlotte christa christer christian christina claes
    dani daniel daniela danny david diana edit edith edvard edvin eeli eelis eemil eerik eerika eerikka eerikki
    eerin eero eeti eetu eeva eevastiina eevert eevi eija eila eili einar einari eine eini eino eira elena elias
    eliel eliina elin elina elisa elisabet elisabeth elise eljas ella ellen elli ellinoora elma elmeri elmo elna
    elof elsa elsi elsie elvi elviira emil emila emilia emily emma emmaliina emmi enni ensio eric erica eriika
    eriikka erik erika erja erkka erkki erkko erland ernesti ernst esa esaias eskil esko essi estelle ester esteri
    eugen eva eveliina evelyn evert fabian fanni fanny fatima felix fiia fiina filip frans fredrik fredrika frida
    gabriel gabriela georg gerda gitta greta grete gun gunborg gunilla gunnar gunnel gustaf gustav göran gösta hanna
    hannaleena hannamari hannariikka hanne hannele hannes hanni hannu hans harald harri harriet hedvig heidi
    heidimaria heikki heimo heini heino helena helga helge heli helinä heljä helka hella helle hellevi hellin hellä
    helmer helmeri helmi helvi hemmi hemminki henna henni henri henrietta henriika henriikka henrik herkko herman
    hermanni hertta hessu hilda hilja hilkka hilla hille hilma hilve hugo huld hulda huugo ida ignatius igor iida
    iidamaria iina iiris iiro iisa iisakki iivo ilari ilja ilkka illusia ilma ilmari ilmi ilona ilpo ilse immi immo
    immu inari inga ingeborg ingegerd ingela inges ingrid ingvar inka inkeri inna irene irina iris irja irma irmeli
    isabel isabella isak isla ismo isto ivar ivari ivo jaakkima jaakko jaakob jaakoppi jaana jalmar jalmari jami jan
    jan-erik jan-olof jana jani janika janina janita janna janne jannica jannika jari jarkko jarmo jarno jasmiina
    jasmin jasmina jassu jemina jenna jenni jennifer jenny jere jeremi jeremias jero jesper jesse jessica jessika
    jimi jimmy jiri joacim joakim joakin joanna joel johan johanna johannes john jonas jonatan jone joni jonna jonne
    jonni joona joonas joonatan joonia joosef jooseppi joosua jori jorma josefiina josefin josefina jouko jouni juha
    juhana juhani juho jukka jukka-pekka julia juliaana juliana julianna julius juri jussi justiina justus juuli
    juulia juulianna juuso jyri jyrki jyry jörgen kaapo kaapro kaarin kaarina kaarlo kaija kaino kaisa kaisa-leena
    kaisla kaisu kaj kalervo kalevi kalle karel kari karin karita karl karl-erik karla karoliina karolina kasper
    kastehelmi katariina katarina kathrin kati katinka katja katju katri katriina katrin kauko kauno keijo kenneth
    kerttu kiia kiira kim kimi kimmo kira kirill kirsi kirsi-marja kirsti kirstiina klaara klara klas klaus knut
    konsta konstantin krista kristel kristian kristiina kristina kristo kristoffer kullervo kustaa kyllikki kyösti
    lahja laila laina lari lars lasse lassi lauha launo laura lauri lauritz lea leena leena-kaisa leevi leif leija
    leila leini lempi lenita lenna lennart lenni leo leonard leonora leopold levi lida liina liinu liisa liisamaria
    liisi liisu lilian lilja lilli lilly lina linda linnea linus lisa lisbet lotta lotte louise loviisa luca lucas
    ludvig luka lukas lumia luukas luulikki lyydi lyydia lyyli maaret maaria maarit magdaleena magnus maija
    maija-leena maija-liisa maiju maikki maila maili mailis maini maire maisa maj-britt maj-lis malin malva marcus
    mareena margareeta margareta marge marget margit margita mari maria maria-liisa mariaana mariana marianna
    marianne marica marie mariella marietta mariia mariitta marika marina marinella mario marita marja marja-leena
    marja-liisa marja-terttu marjaana marjaleena marjatta marjo marjo-riitta marjukka marjut markku marko markus
    marleena marlene marte marten martin martina martta martti marvin mary mathias mathilda matias matilda matleena
    mats matti matts maud mauno maunu mauri maurits mauritz max maxim meeri meiju meikku melina melissa merike
    merita merja merli mervi mette mia mica micaela michael mihail miia miika miikka miira miisa mika mikael mikaela
    mikko miko milana milena milja milka milla mimmi minja minna minni minttu mira miranda mirella miretta miri
    miriam mirja mirjam mirjami mirka mirkka mirkku miro mirva misa misha mohamed monica monika moona mykkä märta
    nadja naemi nanna natalia natasha nea neea nella nelli nelly nestori netta nguyen nico nicolas niila niilas
    niilo niina niini niki nikita niklas niko nikodemus nikolai nikolas nils nina nino noa noah noel noelia nooa
    noomi noora nora nuutti ohto oili olaf olavi olga oliivia oliver olivia olle olli olli-pekka olof omar onerva
    onni oona ophelia oscar oskar oskari osmo ossi osvald oswald otso otteli otto outi paavali paavo pasi patricia
    patrick patrik paul paula pauli pauliina paulina paulus peder pedro peeter pekka pekko pelagia pelle penni
    pentti per-erik per-olof percy pertti perttu pete peter petja petra petri petrus petter petteri phia pia pietari
    pieti piia pilvi pinja pipsa pirita piritta pirjetta pirjo pirkka pirkko pirkko-liisa pontus priita priitta pyry
    päivi päivikki päiviö päivyt rafael ragnar raija raili raimo raine rainer raino raisa rakel ralf rami ramon
    ramona rasmus rauha raul rauli rauni raunio rauno rebecca rebekka reeta reetta reetu reijo reima reimo reine
    reino reita reko rene renja richard riia riikka riikka-liisa riina riita riitta riitta-liisa rikhard riku risto
    rita ritva ritva-liisa robert robin roger roi roine rolf roman roni ronja roope roosa roosa-maria rosa rosanna
    rosmarie ruben rudolf rufus runar rune rut ruth saaga saana saara saarni sabina saga saija saila saima saimi
    saini saku salla sallamari salli salme salmi salomo sami sampo samppa samppo samu samuel samuli sandra sanelma
    sanja sanna sanna-kaisa sanna-mari sanni santeri santtu sara sarah sari sarianna sarita sarlotta saska satu
    satu-maria saul sauli saulus sauro sebastian seija selim selina selja sella selma senja senni seppo sergei
    severi severus sigfrid signe signi sigrid siina siiri siiri-maria silja silvia simeon simo simon simona sini
    sinikka sinimaaria sirje sirkka sirkka-liisa sirkku sirpa siru sissi sivi sofia sohvi soila soile soili soilikki
    soini solja sonja stefan stella sten stig stiina stina stiven sture suivi sulevi sune suometar susan susanna
    susanne suvi suvi-tuuli svante sven svetlana sylvi sylvia synnove synnöve taavetti taavi tage taija taimi taina
    taisto taneli tanja tapani tapio tapsa tarja taru tatiana tatjana tatu tauno tauri tea teea teemu teija teijo
    tekla telle tellervo tenho teodor teppo teresa teresia terhi terhikki terho tero terttu tessa teuvo thea theo
    theodor therese thomas tia tiia tiia-maria tiiamari tiina tiina-liisa tiinu tiitus tiiu tilda timi timo tindra
    tobias toini toivo toivokki tom tomas tomi tommi tommy tomppa toni tony topi topias tore torsten torsti tuija
    tuire tuomas tuomo ture turkka tuukka tuula tuula-maija tuuli tuulia tuulikki tuure tyra tytti tyyne tyyni uffe
    ulf ulla ulla-maija ulla-maj ulpu ulrica ulriikka ulrika unna unto uolevi uoti urho urmas urpo ursula usko vaili
    valdemar valentin valentina valma valter valto valtteri vanessa vappu varpu veera veeti veijo veikka veikko
    vekku veli veli-matti veli-pekka venla vera verna verner verneri veronica veronika vertti vesa vesa-matti
    vesa-pekka vesta victor victoria vieno viivi viktor viktoria vilhelm vilhelmiina vilho vili vilja viljaana
    viljam viljami viljar viljo ville ville-matti ville-veikko vilma vilppu vincent viola virpi virve vivian vuotti
    väinämö väinö werner wilhelm wilhelmina wiljami william wilma ylermi ylva yngve yrjänä yrjö yrsa åke åsa åsta
    östen
    """
)

FROM_ELSEWHERE = word_set(
    """
    aakash aarif abbas abdalla abdallah abdel abdelkader abdifatah abdihakim abdikadir abdikarim abdinasir
    abdirashid abdirizak abdisalam abdiwahab abdo abdul abdulkadir abdulla abdullah abdullahi abdulrahman abhishek
    abshir abu achieng adaeze adama adanna adebayo adela adeola adil adina aditi aditya adnan adrian adrienne afia
    afrah agnes ahmad ahmet aicha aida aisha aivar aivo ajay akash akinyi akosua akram alaa alan albert alberto
    albin alejandra alejandro aleksandar aleksander aleksandr aleksei alexandru alexei alexey alfhild alfonso
    alfredo alia alice alicia alin alison aliyah allar alva alvaro alyona ama amadou amal aman amani amara amin
    amina aminata amir amira amit amita ammar amrita amy anand ananya anas anatoli anatoly anca andras andreea
    andrei andres andrew andrey andrus andrzej andrás angel angela angelica angus anil anisa anjali anka anke ankit
    ankita ann ann-britt ann-christin ann-mari ann-sofie anna-lena anna-lisa annegret anneken annelie annick anong
    anthony antoine antonella antonio ants anup anupama anwar anzhelika aparna apinya arben archana arif arjun
    arkadiusz arta artem arthit artjom artur arturo artyom arun aruna arvind asad asha ashish ashley ashok ashwin
    asma aso astrid atieno attila aurel avinash awa aws aya ayan ayhan aylin ayman ayo ayse aysel aytac ayub azad
    aziz aziza babatunde bahadir bahar bamidele bao barbara barbro baris bartosz bashir basma basra beatriz behnam
    behrooz behzad bekim bela belen bengt bengt-erik benita benoit berivan berk berna bernard bernd berndt besnik
    beth betty bharat bhavna bich bikash bikram bilal bilan bin binh binod birger birgit bishnu bjarne blerim blerta
    bob bodil boel bogdan bogusław bohdan bojan bora boris bozena bożena bradley brandon branka brenda brian
    brigitta brigitte britta brittmari bruce bruno bryan bukola burak burcu burhan busaba busra börje camelia camila
    camilla camille canan cansu carl-gustav carl-johan carla carlo carmen carol catalin catalina catarina catharina
    cathrine celine cem ceren cezary chai chalermchai chandan chanida chantal chao charles charlie chau chen cheng
    chiamaka chidinma chika chima chinedu chioma chloe chris christelle christine christoffer christoph christophe
    christopher chukwu chun cihan ciprian claire clara clas claudia claudine claudio claudiu clement colin
    constantin consuelo corina cornel cosmin craig cristi cristian cristina cristobal cuong czesław daga dagmar
    dagny dahir damian daniil danuta daria dariusz darren darya dauda dawid debbie deborah deepa deepak deepika
    deeqa delphine denis deniz dennis denys derek desta dhruv diallo diane didem didier diego diem dieter dilan
    dilara dilek dilip dilnaz dina dinesh dinh dipak dirk divya diyar djibril dmitri dmitrij dmitry dmytro doina
    dolores dominik donald donna dorin dorota dorothy douglas dragan dragana dragos duc dumitru dung durga dusan duy
    dylan ebba ebenezer ebere ebru ebuka ecem eduardo edward edyta egor eha eileen ekaterina elaine eleanor elham
    elif elizabeth elizaveta elke elodie elsie-maj elzbieta elżbieta emad emanuel emeka emelie emile emilian emina
    emine emir emmanuel emmanuelle emmy emre endale endel engin enrique enver epp ercan erdal eren erkan erki erling
    ernesto ersin esperanza esra esteban esther eszter ethan etienne eugene eugenia eunice eve evgeni evgenia evgeny
    evy ewa ezekiel fabien fabrice faduma fadumo fahad fahim faisal faiza fanta fardowsa farhad farhan farhia fariba
    farid farida faris farzana fatema fatemeh fatih fatma fatmeh fatmir fatos fatou fatuma fawzia faysal federico
    fedor fei felipe femi feng ferenc ferhat fernanda fernando feyza fikret filiz filsan fiona firas fjalar flamur
    flavia florence florentina florin folake folke fowzia francesca francesco francisco franciszek francois franz
    françois françoise frederic frederick frej freja friedrich fritiof fritz funda funmi gabor galina gamze ganesh
    gang gareth garri gary gaurav gautam gazmend gebre geeta genet gennadi geoffrey george gerald geraldine gerardo
    gerd gerhard gert gertrud getachew gheorghe giang gigi gilles gillian giovanni girma gisela gita giulia giuseppe
    gizem gleb gloria gokhan gonzalo gopal goran gordana gordon graciela graham grazyna grażyna greg greger gretel
    grigori grzegorz guang gudrun guillaume guillermo guje gulsen gun-britt gun-lis gunda gunhild gunn gunnevi gurli
    gurpreet gustavo gyula gábor gül gülay gülsen günter günther haben habib habiba habtamu hadi hadiya hafsa hagos
    hakan haleh halil halima halimo halina halyna hamdi hamid hamida hampus hamsa hamza hanad hanan hanh hani hannah
    hannelore hao harish harpreet harry hasan hashem hashim hatice hatun hawa hawo hayat hazel heather heba hector
    hedda heike heiki heinrich heinz helen helene helmut helny hemant hend henry henryk herbert hiba hibo hieu
    hildegard hilding hillar hiwa hjalmar hoai hoang hoda holger holly horia horst hossein howard hubert hui hung
    huong husein hussain hussein huyen hüseyin ian ibo ibrahim ibrahima ibtisam idil idris ifeanyi ifrah ify ignacio
    ihsan ikram ildikó ileana ilhan ilie ilir ilkay ilker ilya ilyas iman imane imbi immaculée imran imre indira
    indrek ines inga-lill inga-maj ingalill ingemar ingo ingolf ingvald ioan ioana ioann ion ionel ionela ionut irem
    irena iryna isabela isabelle ishaan isidor ismael ismahan ismail israa issa istvan istván iulia iulian ivan
    ivana iván iwona izabela jaak jaan jaanus jabari jaber jabir jacek jacob jacqueline jacques jadwiga jafar
    jagdish jaime jakub jalal jalil jamal james jamila jamshid jane janek janet jannike janos janusz jaroslaw
    jarosław jasna jason javier jawad jaya jayanti jean jean-paul jeff jeffrey jekaterina jelena jelizaveta jens
    jeremy jerome jerry jerzy jesus jevgeni jevgenia jia jian jiang jie jihad jila jim jing jintana jitendra joachim
    joan joao joaquin jochen johann jonathan joosep jordan jorge jose josefa josefine joseph josh joshua josé jovan
    joyce jozef juan juana juanita judith judy juhan julian julie julien julija julio juma justin justyna jutta
    jyoti jános józef jörg jürgen jüri kabiru kabita kacper kadiatou kadir kadri kaido kaie kaj-erik kaja kajal
    kalev kalju kalmer kalpana kamal kamau kamil kamila kamon kamran kanchana kanokwan kanya karan kareem karen
    karim karima karl-gustav karl-heinz karl-johan karol karthik karwan katalin katarzyna kate kateryna kathleen
    katie kaveh kavita kawa kazimierz keith kelechi kemal kemi kennet kerem kersti kerstin kevin khadar khadija
    khadijo khadra khaled khalid khalil khanh khawla khoa kian kidist kieu kinga kiran kishor kittisak kjell
    kjell-erik klas-göran klaudia kofi koit kojo konrad kosar krisada krishna kristi kristin kristjan krystyna
    krzysztof krõõt ksenia kubra kuldar kumar kurdo kwabena kwaku kwesi kyle küllike ladan laith lakshmi lalita
    lamia lamin larisa larry lars-erik larysa laszlo latifa lauren laurent laurentiu lavinia lawrence laxmi leida
    lembit leslie leszek lev levent lewis leyla li liang liban lidia liis liivi liliana lily ling linh lisbeth
    liselott lisen liudmyla liv liviu ljiljana ljubov ljudmila loan logan lorena lorenzo lothar louis lourdes luan
    lubna luc lucia lucian luciana lucie lucy ludmila ludwig luis luisa luiz lukasz lulzim luminita lutz lyudmila
    lászló maarika maciej madalina madhav madhu magda magdalena mahad mahamed mahamud mahendra mahesh mahmood
    mahmoud mahmud mahnaz maie maike mait majid majken maksim maksym malai malak malee malena malgorzata mali maliha
    malik malle mamadou mana manfred manish manisha manjit manju manoj manon manop mansour mansur manuel manuela
    marcel marcela marcelo marcin marco marcos mare marek margaret margaretha margarida margarita margot margus
    mariam mariama mariame mariano maribel maricica marie-louise marija mariola marion marisol marius mariusz marjan
    marju marlen mart marta marti martín marwa marwan maryam maryan maryna masoud masud mateo mateusz mathieu mati
    mats-erik matteo matthew matthias maureen mauricio maya małgorzata meena meera megan mehdi mehrdad mehtap melek
    meltem mercedes merle mert merve meryem metin michal michał michel michelle mieczysław miguel mihaela mihai
    mihkel mike mikhail mikołaj milad milan mildred milica milos milvi minh mircea mireille mirela mirjana mirko
    mirosław moa mohamad mohammad mohammed mohan mohit molly monique montserrat moonika moritz moses mostafa muhamed
    muhammad muhammed muhsin mukesh mulu muna munira murad murat muse mustafa mustapha mutua mwangi mykhailo mykola
    nabil nada nadezhda nadia nadim naim naima naimo najib najma nancy nanny naomi narendra naresh nasim nasir nasra
    nasrin nasser natalie nataliia nataliya natalja nathalie nathan nattapong navin nawal nazanin nazli ndeye
    nebojsa neculai neelam neeme negar neil nenad neslihan nesrin ngan ngoc ngozi nhi nhu nhung nicha nicholas
    nicole nicoleta nicu nigel nikhil nikola nilesh nils-erik nima nimo niran nirmala nisha nitin njeri nkechi
    nnamdi nneka nok nong norbert nour nuno nura nuray oana oanh obinna octavian octavio oguz okan oksana olamide
    oleg oleh oleksandra oleksii olena olha olivier olu oluwaseun omer omid onur onyeka orathai orhan osama osman
    otieno ousmane ovidiu ozan ozge pablo pakorn pam pamela panida pankaj paola parisa parvati parviz pascal pascale
    patcharin patricio patrycja paulo pavel pawan pawel paweł payam peep peggy pelin peng penny per-åke petar petre
    petru peyman phailin phil philip philippe phong phuc phuong pia-maria pierre pilar pimchanok pinar piotr piret
    pjotr polina pooja prabha pradeep prakash pramod pranee prasad prasert prashant prasit pratik pravin predrag
    priit przemysław purna qadir qasim qiang qing quan quang quentin quoc quyen quynh rabia rachel rade radha
    radosław radu rafał raghu ragna ragnhild rahel rahim rahma rahman rahul raivo raj rajan rajendra rajiv rajkumar
    raju rakesh ralph raluca ramadan raman ramesh ramiro ramón rania ranjit raquel rashid rashmi rasul rattana ravi
    rawan raymond raza razvan rebeca rebwar recep reem reet rein reinhard rekha remi renata renate renuka reyhan
    reza ricardo rick riho ritu rivo roald roberto rocio roda rodica rodrigo rohan rohit rojin rolf-erik romain ron
    ronald rosario rose-marie rosemarie roshan roxana roya ruqia rurik ruslan russell ryan ryszard rüdiger sabah
    sabin sabine sabir sabri sabrin sachin saed saeed safa safia sagar sahar sahra saida saif sakariye sakda salah
    saleh salem salim salma salman salvador samantha samar sameh samer samir samira samson sanaa sanda sandeep
    sandip sandrine sangita sanjay sanjeev santiago santosh saowanee sapana sardar saroj sarwar sasa sasithorn
    satish sayed sean sebastien seda sedat seema segun sekou selam selin sema semira semjon senad serap serdar serge
    sergey sergio serhii serkan sevgi sevil sevim seyi shabnam shadi shahid shahin shahla shahram shamso shane
    shanti sharad sharon shaun shawn shayan sheela sheila sherwan shirin shirley shiva shobha shola shpend shreya
    shu shukri shyam sibel siddharth sidney siegfried sigurd sigvard siham siim silke simone sinan siriporn sita siv
    sixten siyad skender slavica slawomir slobodan smita sneha snezana sofiane sofija soheil solbritt soledad
    solomon sombat somjit somsak somying songul sonia sophie soran sorin spencer stanislav stanislaw stanisław
    stanley stefania stefanie sten-erik stepan stephanie stephen steve steven stig-erik stojan stuart suat subash
    sucdi suda sudarat sudha sudhir suheyla sujan sujata sukanya sulaiman suleiman sulev sumalee suman sumaya sumit
    sundus sunil sunisa sunita supaporn supatra surachai suraj suresh susana sushil sushila suwanna svea sven-erik
    svenolof svitlana swati syed sylvie sylwia szymon sławomir tadesse tadeusz taha tahir tamara tamim tamás taner
    tara taras tarek tariq tarkan tarvo teddy temitope terese terry tesfaye tetiana tetyana teuta thanawat thang
    thanh thao theresa thi thibault thida thien thierno thierry thinh thongchai thor thorbjörn thorsten thu thuan
    thuy tiago tiberiu tiffany tigist tiit timothy timur tina ting tobi todd tolga tomasz toomas tor-erik torben
    torgny torolf tracy traian trang traudl trevor tri triin trinh trung truong tuan tuba tugba tuncay tuncer tunde
    tung turgut tuyen tuyet tyler tõnis tõnu tünde ubah udo udom ufuk ugochukwu ugur uku ulla-britt ulla-stina
    ulrich ulrik umar umesh umit umut urszula urve usman uta uwe uyen uzoma vadim valborg valdete valdur valentyna
    valeri valeria valerie vali valon varun vasanti vasile vasili vasilica vasyl vedat veiko vello vernon veronique
    vesna vicente viet viire vijay vikas vikram viktoriia vinay vineet vinod viorel viorica virginia virginie vishal
    vitali vitaly vivan vivek viveka vivi vivi-ann vjatšeslav vjosa vlad vladimir vladislav volkan volker volodymyr
    wael wahid waleed walid walter waltraud wambui wanda wanida wanjiru waraporn wayne wen wendy weronika wichai
    wieslaw wiesław wiktor wiktoria wilai wilfried winnie wioletta wipa wisam witold wojciech wolfgang władysław
    xhevat xia xiang xiao xiaoli xiaoming ximena xin xiu xuan xue yaa yahya yan yana yang yann yaowapa yared
    yaroslav yasemin yasin yasir yasmin yasmina yassin yavuz yaw yelena yen yetunde yevhen yevheniia yi yildiz
    yilmaz ying yngvar yogesh yolanda yonas yong younes younis yousef yousif youssef yuan yue yulia yuliia yun yunus
    yuri yuriy yusuf yves yvette yvonne zachary zafer zahra zaid zakaria zaki zawadi zaynab zbigniew zdravko zehra
    zeinab zeki zeljko zenebech zeynep zhen zhi zhila zhong ziad zinaida zoe zofia zohra zoja zoran zsofia zsolt
    zsuzsa zuhur zuzanna zygmunt ágnes åsa-maria örjan özgür özlem üllar ülle ülo ünal łukasz
    """
)
