"""The words that tell offices apart: former and future ones, what belongs to their names, who only stands near."""

from __future__ import annotations

import re

HYPHENS = frozenset(("-", "‐", "‑", "–"))
DASHES = frozenset(("–", "—"))
POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
ARTICLES = frozenset(("the", "a", "an", "this", "that"))
NEGATED = frozenset("no any every each neither nor either".split())
NEGATIONS = frozenset(("not", "n't", "n’t", "never"))
HONORIFICS = frozenset("mr mr. mrs mrs. ms ms. dr dr. sir lady honorable honourable".split())
CLOSING = frozenset((",", ".", ";", ")", "—", "–", "-", ":", "?", "!", "(", '"', "”"))

# Before or behind an office.
FORMER = frozenset(
    "former ex late then onetime erstwhile previous past ousted deposed toppled retired emeritus overthrown".split()
)
SURELY_BEFORE = frozenset("former incoming outgoing ousted deposed erstwhile".split())  # of what follows, always
FORMERLY = frozenset("then once formerly previously".split())  # before "the mayor"
TELLING_WHEN = FORMERLY | {"now", "currently", "still"}
FUTURE = frozenset("incoming next future elect designate".split())
BEHIND = frozenset("elect designate emeritus".split())  # "president-elect", "bishop emeritus"
DOUBTFUL = frozenset(
    """
    be would wannabe proclaimed declared styled presumptive alleged purported supposed fictional possible potential
    likely prospective aspiring hypothetical fake failed unsuccessful presumed imaginary honorary mock goodwill brand
    youth
    film movie documentary theatre theater stage casting funeral music choir camp scout tribal gang family
    baptist methodist presbyterian lutheran unitarian pentecostal evangelical christian ordained
    """.split()
)
"""Words that take away the office itself, or make it another one."""
ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth last only".split()
)
PASSING = ORDINALS - {"first"} | frozenset(
    """
    new current incumbent longtime long time serving term one two three four veteran embattled popular unpopular
    outgoing controversial exiled jailed imprisoned disgraced sitting newly recently elected appointed
    named sworn installed now
    old year young youngest oldest eldest powerful influential respected beloved famous billionaire millionaire leftist
    populist nationalist reformist pro anti female male black white gay openly fellow beleaguered hardline centrist
    moderate great good legendary lead
    strong weak competent effective successful right far left wing same own topmost top longest
    """.split()
)
"""What may stand before an office without being part of its name."""
PARTIES = frozenset(
    "republican democratic democrat labour tory green conservative liberal socialist independent".split()
)
PARTISAN = frozenset(("leader", "chair", "staff", "executive"))  # roles whose party is part of the office's name
LESSER = frozenset(
    "deputy vice assistant associate shadow acting interim caretaker opposition sub joint first co".split()
)
"""Before an office they make its holder less than the head of the body."""
LOOSE = frozenset(
    """
    team gang cult group expedition project youth student community religious spiritual world political business civic
    industry protest rights labor thought tribal clan ring club scout squad strike church platoon unit section global
    regional film research design creative music art shop ward
    """.split()
)
"""What a leader, head or director of is no position."""
CROWNED = frozenset("king queen emperor empress sultan emir monarch pope".split())  # often said of others
LED = frozenset("opposition party parliamentary council union".split())  # what a leader of holds a position
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
CAPITAL_ONLY = frozenset(("first minister", "first secretary"))  # offices only with a capital letter
COMMON = frozenset("police state city county party company club government army navy opposition".split())
"""Nouns in small letters that may stand before an office with a capital: "Tulsa police Chief"."""

# Behind an office.
MOMENTS = frozenset("time moment height age end expense".split())  # "at the time" names no body
OUTER = frozenset(("of", "for", "to", "at", "from", "with", "without"))
INNER = frozenset(("of", "for", "on", "to", "at"))
STAFF_ONLY: dict[str, frozenset[str]] = {
    "at": frozenset(("staff", "executive", "chair", "")),
    "with": frozenset(("staff",)),
}
"""The roles whose phrase goes on with a preposition; the others of ``OUTER`` follow all."""
UNITS = frozenset(
    """
    agency arm board branch bureau campaign center centre chapter commission committee council delegation department
    desk directorate division faculty group institute lab laboratory mission office operation operations panel program
    programme school section service staff subsidiary task team unit wing
    """.split()
)
"""Parts of a body: who works for one works for the body."""

FIRST_NAMES = frozenset("dean provost reeve warden chief head primate".split())  # no titles as a name's first word

# Near an office.
SEEKERS = frozenset("candidate nominee hopeful contender run bid pick choice race campaign aspirant".split())
NEIGHBOURS = frozenset(
    """
    wife husband widow widower son daughter brother sister father mother parent child spouse partner girlfriend
    boyfriend fiancée fiancé nephew niece cousin uncle aunt grandson granddaughter friend ally aide adviser advisor
    lawyer attorney
    successor predecessor opponent rival critic supporter spokesman spokeswoman spokesperson assistant deputy secretary
    member bodyguard doctor driver colleague counterpart relative envoy representative
    """.split()
)
"""Who stands near the holder of an office: "the wife of the president"."""

STANDING_NEAR = NEIGHBOURS - {"deputy", "assistant", "secretary", "representative", "envoy", "attorney"} | frozenset(
    "candidate nominee hopeful contender".split()
)
"""Nouns that are no part of an office behind them: "his colleague Justice Roe"."""

# Verbs, by what they do with an office.
GAIN = frozenset("become appoint name elect reelect install inaugurate swear crown promote confirm".split())
PLAN = frozenset("nominate propose designate tap".split())
LOSE = frozenset("resign step stand quit retire oust dismiss fire sack remove depose replace".split())
SERVE = frozenset(("serve", "remain", "continue"))
BARE = frozenset("become appoint name elect reelect crown remain".split())  # take an office without "as"
GIVEN = GAIN - {"become"} | PLAN | frozenset("oust dismiss fire sack remove depose replace".split())
"""Verbs that somebody else does to the holder, who is their object."""
POSTS = frozenset("post position job role office duty seat".split())
SURE = frozenset("set expect due schedule slate poise".split())  # lead to what is to come: "is set to become"
MAYBE = frozenset("may might could should can must ought".split())
CONDITIONS = frozenset("if whether unless".split())
ONCE = frozenset("until when once before till".split())  # with the present, what may come
DENIALS = frozenset("deny doubt hope wish ask wonder suggest fear imagine pretend dream claim".split())

# Bodies by their names.
ARMIES = ("army", "navy", "air force", "marines", "marine corps", "coast guard", "armed forces", "military", "forces")
PARTY = re.compile(
    r"\b(?:party|partei|partido|parti|partij|partito)\b|^(?:greens|tories|conservatives|liberals|labour|"
    r"(?:liberal |social |christian )?democrats|republicans|socialists)$"
)
LESSER_OFFICE = re.compile(
    r"\b(?:secretary|attorney|ambassador|envoy|senator|commissioner|deputy|vice|judge|justice|speaker|spokes\w+|"
    r"treasurer|minister (?:of|for)|(?:foreign|interior|defen[cs]e|finance|health|security|justice) minister)\b"
)
"""Offices below the head of a state or government."""
PARTISAN_BODY = re.compile(r"(?i)\b(?:party|committee|caucus|union|conference|convention|alliance|league)\b")
CHAMBER = re.compile(r"\b(?:parliament|senate|congress|assembly|house of|council of state|commons|lords)\b")
CHANCELLORS = frozenset(("germany", "austria"))  # whose chancellor heads the government
REPUBLICS = frozenset(
    (
        "argentina,bolivia,brazil,chile,colombia,costa rica,cuba,dominican republic,ecuador,el salvador,guatemala,"
        "haiti,honduras,mexico,nicaragua,panama,paraguay,peru,uruguay,united states,us,u.s.,usa,u.s.a.,"
        "united states of america,venezuela,albania,austria,belarus,bulgaria,croatia,cyprus,czech republic,estonia,"
        "finland,france,germany,greece,hungary,iceland,ireland,italy,latvia,lithuania,malta,moldova,montenegro,"
        "north macedonia,poland,portugal,romania,russia,serbia,slovakia,slovenia,turkey,ukraine,armenia,azerbaijan,"
        "georgia,kazakhstan,kyrgyzstan,tajikistan,turkmenistan,uzbekistan,mongolia,china,south korea,taiwan,india,"
        "pakistan,bangladesh,sri lanka,nepal,maldives,indonesia,philippines,singapore,vietnam,east timor,iraq,syria,"
        "lebanon,israel,egypt,tunisia,algeria,yemen,angola,benin,botswana,burundi,cameroon,cape verde,chad,"
        "djibouti,equatorial guinea,eritrea,ethiopia,gabon,gambia,ghana,guinea,guinea-bissau,ivory coast,kenya,liberia,"
        "madagascar,malawi,mali,mauritania,mauritius,mozambique,namibia,niger,nigeria,rwanda,senegal,seychelles,"
        "sierra leone,somalia,south africa,south sudan,tanzania,togo,uganda,zambia,zimbabwe,fiji,kiribati,nauru,palau,"
        "vanuatu"
    ).split(",")
)
"""Countries whose president is head of state. Iran's and Switzerland's are not."""
