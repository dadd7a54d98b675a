"""The types of event that the reader knows: one table, with Wikidata's classes and the names that corpora use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event: one of PLOVER's sixteen, or a civil one beside them.

    ``items`` are Wikidata classes whose instances are such events. ``ace``, ``kairos``, ``rams`` and ``geneva`` are the
    types of the corpora that may be meant (M2E2 has ACE's names, WikiEvents KAIROS's); of names with dots a beginning
    stands for all that begin so, unless a longer one is listed too. A corpus's type that stands with several of ours is
    wider than each of them.
    """

    name: str
    definition: str
    example: str
    items: tuple[str, ...] = ()
    ace: tuple[str, ...] = ()
    kairos: tuple[str, ...] = ()
    rams: tuple[str, ...] = ()
    geneva: tuple[str, ...] = ()


EVENT_TYPES = (
    EventType(
        "AGREE", "Somebody agrees to something, promises or offers it, or signs an agreement.",
        "Norland and Sudland signed a fishing treaty.",
        items=("Q131569", "Q625298", "Q321839", "Q107706"),
        rams=("government.agreements", "contact.commitmentpromiseexpressintent"),
        geneva=("Sign_agreement", "Agree_or_refuse_to_act", "Commitment", "Ratification"),
    ),
    EventType(
        "CONSULT", "Parties talk, negotiate, call or write to each other.",
        "The two ministers discussed the border by telephone.",
        items=("Q202875", "Q7157572"),
        ace=("Contact:Phone-Write", "Contact:Meet"),
        kairos=("contact.contact", "contact.contact.meet"),
        rams=("contact.discussion", "contact.negotiate", "contact.collaborate"),
        geneva=("Communication",),
    ),
    EventType(
        "SUPPORT", "Somebody backs, endorses, praises or defends somebody, or shows solidarity.",
        "The union endorsed Ann Lee.",
        rams=("contact.commitmentpromiseexpressintent",),
        geneva=("Supporting", "Judgment_communication"),
    ),
    EventType(
        "CONCEDE", "Somebody gives in: eases a measure, admits a fault, apologises, frees a prisoner, meets a demand.",
        "The mayor apologised and dropped the toll.",
        items=("Q537151",),
        kairos=("justice.releaseparole",),
        rams=("conflict.yield.n/a", "conflict.yield.surrender", "transaction.transaction.transfercontrol"),
        geneva=("Reveal_secret",),
    ),
    EventType(
        "COOPERATE", "Parties work together, share something or join forces.",
        "The police of both countries worked together on the case.",
        items=("Q380962", "Q878249"),
        rams=("contact.collaborate",),
        geneva=("Collaboration",),
    ),
    EventType(
        "AID", "Somebody gives help, money, goods, shelter or protection.",
        "The agency sent food to the flooded villages.",
        ace=("Transaction:Transfer-Money",),
        kairos=("medical.intervention", "transaction"),
        rams=(
            "transaction.transaction.giftgrantprovideaid", "transaction.transfermoney.giftgrantprovideaid",
            "transaction.transferownership.giftgrantprovideaid", "transaction.transfermoney.n/a",
            "movement.transportperson.evacuationrescue", "movement.transportperson.grantentryasylum",
        ),
        geneva=("Assistance", "Supply", "Giving", "Sending"),
    ),
    EventType(
        "RETREAT", "Troops pull out, surrender or cease fire.",
        "The army withdrew from the valley.",
        ace=("Movement:Transport",),
        rams=("conflict.yield", "conflict.yield.n/a", "conflict.yield.surrender",
              "transaction.transaction.transfercontrol"),
        geneva=("Removing",),
    ),
    EventType(
        "REQUEST", "Somebody asks for, demands, orders or appeals for something.",
        "The governor asked the army for help.",
        items=("Q22445448",),
        kairos=("contact.requestcommand",),
        rams=("contact.requestadvise", "contact.commandorder"),
        geneva=("Request", "Convincing"),
    ),
    EventType(
        "ACCUSE", "Somebody blames, criticises, condemns or accuses somebody.",
        "Norland accused its neighbour of spying.",
        geneva=("Judgment_communication",),
    ),
    EventType(
        "REJECT", "Somebody refuses, denies, vetoes or turns something down, or breaks an agreement.",
        "The council rejected the plan.",
        rams=("government.agreements.violateagreement",),
        geneva=("Agree_or_refuse_to_act",),
    ),
    EventType(
        "THREATEN", "Somebody threatens or warns that he will do harm.",
        "The rebels threatened to blow up the bridge.",
        kairos=("contact.threatencoerce",),
        rams=("contact.threatencoerce",),
        geneva=("Commitment",),
    ),
    EventType(
        "PROTEST", "People demonstrate, march, strike or riot.",
        "Thousands marched against the new tax.",
        items=("Q273120", "Q49776", "Q49775", "Q124757", "Q686984"),
        ace=("Conflict:Demonstrate",),
        kairos=("conflict.demonstrate",),
        rams=("conflict.demonstrate",),
        geneva=("Protest",),
    ),
    EventType(
        "SANCTION", "Somebody imposes a sanction or embargo, cuts ties or aid, expels or boycotts.",
        "The council imposed an embargo on Norland.",
        rams=("transaction.transaction.embargosanction", "transaction.transfermoney.embargosanction",
              "transaction.transferownership.embargosanction"),
        geneva=("Revenge",),
    ),
    EventType(
        "MOBILIZE", "Forces are raised, deployed, put on alert or shown.",
        "The navy deployed two ships to the strait.",
        items=("Q580750",),
        ace=("Movement:Transport",),
        geneva=("Arranging",),
    ),
    EventType(
        "COERCE", "An authority forces, bans, seizes, deports, blocks, shuts out or represses.",
        "The police seized the paper's computers.",
        items=("Q273976", "Q379693", "Q216227"),
        kairos=("contact.threatencoerce", "control.impedeinterferewith"),
        rams=(
            "contact.threatencoerce", "conflict.attack.stealrobhijack", "justice.judicialconsequences.extradite",
            "movement.transportperson.prevententry", "movement.transportperson.preventexit",
            "movement.transportartifact.prevententry", "movement.transportartifact.preventexit",
            "government.vote.violationspreventvote",
        ),
    ),
    EventType(
        "ASSAULT", "Somebody attacks, fights, bombs, shoots, rapes or kidnaps.",
        "Gunmen attacked a convoy near the border.",
        items=("Q178561", "Q198", "Q188055", "Q1261499", "Q645883", "Q831663", "Q180684", "Q124734", "Q3199915",
               "Q467011", "Q2223653", "Q891854", "Q2380335", "Q2252077", "Q3882219", "Q132821", "Q217327", "Q18493502",
               "Q318296", "Q898712", "Q45382", "Q750215", "Q5919191", "Q1174599"),
        ace=("Conflict:Attack",),
        kairos=("conflict.attack", "genericcrime", "artifactexistence.damagedestroydisabledismantle"),
        rams=("conflict.attack", "conflict.attack.stealrobhijack", "artifactexistence.damagedestroy",
              "disaster.fireexplosion"),
        geneva=("Attack", "Hostile_encounter", "Terrorism", "Conquering", "Bodily_harm", "Destroying", "Killing"),
    ),
    EventType(
        "DIE", "Somebody dies or is killed.",
        "Nine people were killed in the blast.",
        items=("Q4", "Q149086"),
        ace=("Life:Die",),
        kairos=("life.die",),
        rams=("life.die", "justice.judicialconsequences.execute"),
        geneva=("Killing", "Death"),
    ),
    EventType(
        "INJURE", "Somebody is hurt or wounded.",
        "Two firemen were injured.",
        items=("Q193078",),
        kairos=("life.injure",),
        rams=("life.injure", "life.injure.illnessdegradationhungerthirst", "life.injure.illnessdegradationphysical"),
        geneva=("Bodily_harm",),
    ),
    EventType(
        "ELECT", "An election is held, or somebody is voted into office.",
        "Ann Lee was elected president of Norland.",
        items=("Q40231", "Q858439", "Q1076105", "Q2618461"),
        rams=("personnel.elect", "government.vote.n/a"),
        geneva=("Change_of_leadership",),
    ),
    EventType(
        "APPOINT", "Somebody is named to an office, hired or sworn in.",
        "The king named Bo Lee as prime minister.",
        items=("Q1318578", "Q1417098"),
        kairos=("personnel.startposition",),
        rams=("personnel.startposition",),
        geneva=("Change_of_leadership",),
    ),
    EventType(
        "LEAVE_OFFICE", "Somebody resigns, retires, is dismissed or is overthrown.",
        "The minister resigned on Monday.",
        items=("Q796919", "Q17052147", "Q946865"),
        kairos=("personnel.endposition",),
        rams=("personnel.endposition",),
        geneva=("Change_of_leadership", "Removing"),
    ),
    EventType(
        "VOTE", "A body or the people vote on something.",
        "Parliament voted to close the base.",
        items=("Q189760", "Q43109"),
        rams=("government.vote",),
    ),
    EventType(
        "LEGISLATE", "A law, decree or budget is passed, signed, changed or repealed.",
        "The senate passed a bill on clean water.",
        items=("Q49371", "Q820655", "Q476068", "Q2571972"),
        rams=("government.legislate",),
        geneva=("Ratification",),
    ),
    EventType(
        "MEET", "People come together in one place: a meeting, summit, visit or ceremony.",
        "The leaders met in Northtown.",
        items=("Q2761147",),
        ace=("Contact:Meet",),
        kairos=("contact.contact.meet",),
        rams=("contact.discussion.meet", "contact.negotiate.meet", "contact.collaborate"),
        geneva=("Come_together", "Social_event"),
    ),
    EventType(
        "TRAVEL", "Somebody or something goes, or is brought, from one place to another.",
        "The president flew to Sudland.",
        items=("Q61509", "Q177626"),
        ace=("Movement:Transport",),
        kairos=("movement.transportation",),
        rams=("movement.transportperson", "movement.transportartifact", "movement.transportperson.evacuationrescue"),
        geneva=("Arriving", "Departing", "Traveling", "Self_motion", "Motion", "Bringing", "Sending", "Dispersal",
                "Removing"),
    ),
    EventType(
        "ARREST", "Somebody is arrested, detained or jailed.",
        "Police arrested four men.",
        ace=("Justice:Arrest-Jail",),
        kairos=("justice.arrestjaildetain",),
        rams=("justice.arrestjaildetain",),
        geneva=("Arrest",),
    ),
    EventType(
        "TRIAL", "A case goes through court: charge, hearing, verdict, sentence, appeal.",
        "The banker was found guilty of fraud.",
        items=("Q2334719", "Q480498"),
        kairos=("justice.chargeindict", "justice.trialhearing", "justice.convict", "justice.sentence"),
        rams=("justice.initiatejudicialprocess", "justice.judicialconsequences"),
    ),
    EventType(
        "ACCIDENT", "Something goes wrong that nobody meant: a crash, a collapse, a fire, a leak.",
        "Two trains collided near Northtown.",
        items=("Q171558", "Q9687", "Q744913", "Q1078765"),
        kairos=("artifactexistence.damagedestroydisabledismantle",),
        rams=("disaster.accidentcrash", "disaster.fireexplosion", "artifactexistence.damagedestroy"),
        geneva=("Destroying",),
    ),
    EventType(
        "DISASTER", "A force of nature strikes: an earthquake, flood, storm, drought or wildfire.",
        "An earthquake shook the island.",
        items=("Q8065", "Q3839081", "Q7944", "Q8092", "Q7692360"),
        kairos=("artifactexistence.damagedestroydisabledismantle",),
        rams=("disaster.fireexplosion", "artifactexistence.damagedestroy"),
        geneva=("Catastrophe", "Emergency", "Destroying"),
    ),
    EventType(
        "LAUNCH", "A rocket, product, service, project or campaign is started, opened or founded.",
        "The company launched a new telephone.",
        items=("Q5916",),
        rams=("government.formation",),
        geneva=("Process_start",),
    ),
    EventType(
        "ACQUIRE", "A company, an asset or a right changes hands by purchase or merger.",
        "Acme bought the airline for $2 billion.",
        items=("Q3604747", "Q1416898", "Q731112"),
        kairos=("transaction",),
        rams=("transaction.transferownership.purchase", "transaction.transfermoney.purchase"),
        geneva=("Commerce_buy", "Getting"),
    ),
    EventType(
        "CLOSE", "A company, plant, border, school or service is closed, shut down or goes bankrupt.",
        "The plant shut down in May.",
        items=("Q5135520", "Q152074"),
        geneva=("Process_end",),
    ),
    EventType(
        "INFECT", "People catch a disease, or it breaks out or spreads.",
        "Forty people tested positive for the virus.",
        items=("Q3241045", "Q12184", "Q44512", "Q166231"),
        kairos=("disaster.diseaseoutbreak",),
        rams=("disaster.diseaseoutbreak", "life.injure.illnessdegradationhungerthirst",
              "life.injure.illnessdegradationphysical"),
    ),
    EventType(
        "ANNOUNCE", "Somebody announces, unveils or publishes something; plain saying is no event.",
        "The bank announced its new rates.",
        items=("Q567303", "Q207184"),
        kairos=("contact.contact.broadcast",),
        rams=("contact.mediastatement", "contact.publicstatementinperson", "contact.commitmentpromiseexpressintent"),
        geneva=("Statement", "Reveal_secret"),
    ),
    EventType(
        "OTHER", "Something else that happens and is news: an inquiry, a sale, a theft, a rescue, a win.",
        "Thieves stole a painting from the museum.",
        items=("Q1190554",),
        ace=("Transaction:Transfer-Money",),
        kairos=("justice.investigatecrime", "justice.releaseparole", "genericcrime", "transaction", "medical",
                "control.impedeinterferewith"),
        rams=(
            "justice.investigate", "inspection.sensoryobserve", "government.spy", "government.formation",
            "contact.funeralvigil", "conflict.attack.stealrobhijack", "transaction", "manufacture",
            "movement.transportartifact", "artifactexistence.damagedestroy", "government.agreements.violateagreement",
        ),
        geneva=("Theft", "Criminal_investigation", "Committing_crime", "Defending", "Destroying"),
    ),
)  # fmt: skip
