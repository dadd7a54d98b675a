"""The words that say of an event whether it took place: lemmas of what plans, wants, denies or reports it."""

from __future__ import annotations

from kg.model import Realis
from kg.read.stance_words import MAYBE, WILL


def _split(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


def _sort(table: dict[Realis, str]) -> dict[str, Realis]:
    return {word: realis for realis, words in table.items() for word in words.split()}


# Saying: what their clause tells is told by somebody.
SAYING = _split(
    "say tell claim allege report state assert insist maintain argue add note announce confirm acknowledge admit",
    "concede declare explain reveal disclose write tweet post testify contend affirm stress reiterate repeat recall",
    "describe warn inform notify reply respond comment complain remark boast hear indicate estimate mention confess",
    "believe think suspect reckon suppose assume conclude accuse rumor rumour emphasise emphasize observe read quote",
)
# What their clause or object tells is taken for granted: "regretted having signed", "condemned the invasion".
FACTIVE = _split(
    "regret condemn criticise criticize denounce deplore decry lament mourn know realise realize forget remember",
    "learn discover ignore celebrate applaud hail praise angry sad sorry glad proud outraged thank congratulate",
    "blame explain",
)
# What a clause below these is: "plans to leave", "a threat to leave", "is ready to leave".
CLAUSES = _sort({
    "future": "plan intend intention vow pledge promise agree agreement decide decision prepare preparation schedule "
    "scheduled expect expected set due slate slated poise poised go vote resolve resolution commit commitment "
    "committed about bound move opt swear undertake anticipate predict forecast project projected aim determined "
    "likely arrange tip elect guarantee deal certain sure gear ready",
    "hypothetical": "threaten threat urge call demand ask request order command instruct propose proposal suggest "
    "recommend recommendation advise encourage invite invitation appeal allow permit permission authorise authorize "
    "authorisation authorization enable want wish desire hope seek try attempt bid effort consider mull weigh "
    "contemplate fear risk danger possibility chance prospect need require push press lobby beg implore plead plea "
    "petition dare offer volunteer willing willingness eager keen reluctant ability right power opportunity option way "
    "pressure pressured campaign struggle possible necessary important vital essential time supposed idea dream "
    "prepared free afraid unlikely can debate oppose support advocate discuss incite tempt motion bill obligation duty "
    "mandate requirement wait long ought ambition motive reason tell oblige designed design mean meant request able "
    "ultimatum instruction warn caution envisage endorse justify prefer like",
    "actual": "evidence proof sign indication fact",  # so that "no evidence that" denies
    "negated": "yet fail failure refuse refusal decline neglect deny denial avoid prevent unable inability forbid ban "
    "bar prohibit refrain abstain impossible unwilling abandon block dissuade discourage hesitate incapable miss keep "
    "stop forget forgo",
    "reported": "accuse accusation allegation claim report rumor rumour suspect suspicion charge believe think say "
    "allege assume suppose estimate charged suspected believed alleged reported rumored rumoured",
})  # fmt: skip
# With an infinitive, of the past, these tell what was done: "had to leave", "was able to leave".
DONE = _split("have able")
# What an object of these is, or the subject of their passive: "planned an attack", "the visit was cancelled".
THINGS = _sort({
    "future": "plan schedule expect promise pledge vow prepare await organise organize arrange anticipate postpone "
    "delay reschedule approve predict forecast plot eye envision agree pend foresee",
    "hypothetical": "threaten demand request urge want seek propose suggest recommend consider mull weigh fear risk "
    "allow permit authorise authorize oppose offer encourage advocate envisage order imagine invite contemplate favor "
    "favour require incite support back endorse need debate discuss justify deserve desire prefer",
    "negated": "cancel scrap dismiss abandon prevent avoid avert foil thwart deny reject refuse block ban prohibit "
    "forbid veto abort shelve lack preclude forgo",
    "reported": "allege report claim suspect rumor rumour describe",
})  # fmt: skip
# These ask whether something is to be only where it is new: "discussed a ban", but "discussed the crash".
TOPICAL = _split(
    "discuss debate support back endorse oppose consider weigh need justify report describe favor favour deserve"
)
DROPPING = _split("drop ditch reverse")  # of plans
FIXED = _split("set slate fix due")
TIMETABLE = _split("begin start open resume convene go vote leave arrive return")
# The same through a preposition: "called for a ceasefire".
_LINKED: dict[tuple[Realis, str], str] = {
    ("hypothetical", "for"): "call push press appeal ask hope wish campaign argue plead beg brace lobby demand "
    "petition look apply pray",
    ("hypothetical", "of"): "warn dream think speak talk capable afraid",
    ("hypothetical", "against"): "warn caution argue campaign guard protect advise",
    ("hypothetical", "about"): "warn worry talk speculate think",
    ("hypothetical", "with"): "threaten",
    ("hypothetical", "at"): "aim",
    ("hypothetical", "on"): "vote debate",
    ("hypothetical", "to"): "invite oppose object open",
    ("future", "for"): "prepare plan wait vote schedule set gear head opt slate ready due",
    ("future", "to"): "agree commit consent look",
    ("future", "on"): "agree decide plan settle",
    ("negated", "against"): "vote decide",
    ("negated", "of"): "short",
    ("negated", "from"): "far refrain abstain withdraw prevent bar ban stop keep block",
    ("reported", "of"): "accuse suspect hear",
    ("reported", "with"): "charge",
}  # fmt: skip
THROUGH = {(word, link): realis for (realis, link), words in _LINKED.items() for word in words.split()}
# And below nouns: "the threat of sanctions", "plans for a strike", "attack plans".
NOUNS = _sort({
    "future": "plan intention decision pledge promise vow commitment preparation schedule countdown postponement "
    "expectation plot",
    "hypothetical": "threat call demand request appeal fear risk danger possibility prospect chance likelihood hope "
    "proposal bid attempt offer option idea need order push plea wish talk right motion referendum campaign potential "
    "alternative warning opposition bill warrant speculation invitation pressure case argument vote support aim "
    "condition basis ultimatum event",
    "negated": "lack absence failure refusal denial ban cancellation prevention avoidance rejection",
    "reported": "allegation accusation report claim rumor rumour suspicion charge complaint suspect",
})  # fmt: skip
NOUN_LINKS = _split("of for to")
TOPIC_LINKS = _split("on about")
TOPICS = _split("vote referendum talk proposal plan decision bill motion debate speculation")
# Adjectives and the like before a noun.
MODIFIERS = _sort({
    "future": "planned scheduled upcoming forthcoming expected future imminent coming impending anticipated looming "
    "eventual promised pending postponed delayed",
    "hypothetical": "possible potential threatened proposed feared hypothetical likely conceivable suggested requested "
    "would-be eventual attempted",
    "negated": "cancelled canceled foiled averted aborted thwarted scrapped nonexistent fictitious "
    "unrealised unrealized abandoned",
    "reported": "alleged reported suspected purported claimed supposed rumoured rumored apparent presumed",
})  # fmt: skip
# Of a predicate without a clause below: "an attack is likely", "the vote is due".
PREDICATES = _sort({
    "future": "imminent due likely expected inevitable near forthcoming certain ahead pending upcoming",
    "hypothetical": "possible conceivable necessary unlikely unclear uncertain feasible plausible needed doubtful "
    "welcome acceptable unacceptable",
    "negated": "impossible unthinkable untrue false fictitious unnecessary",
})  # fmt: skip
# These are what their event is: "carried out an attack", "the vote will be held".
EVENTIVE = _split(
    "be have hold take make give carry conduct launch stage mount perform commit begin start happen occur open resume",
    "undertake do see face attend join lead host suffer deliver impose sign come erupt break get put issue pass",
    "participate engage initiate execute pay enter proceed go result cause trigger spark provoke unleash implement",
    "bring wage ensue organize organise",
)
_INTO = {
    "to": "lead go resort subject", "in": "result take engage participate join end", "on": "go", "for": "stand",
    "into": "turn escalate go enter", "with": "proceed press push move go carry",
}  # fmt: skip
INTO_EVENTS = {(word, link) for link, words in _INTO.items() for word in words.split()}
COUNTING = _split("series wave round string spate number kind sort lot act campaign case form result chance")
# A noun of speech that is turned down has been spoken all the same: "rejected the request".
SPOKEN = _split(
    "request demand call accusation allegation claim report charge offer proposal threat plan invitation appeal bill",
    "suggestion criticism warning motion idea rumor rumour petition bid deal",
)
FINE = _split(
    "reject deny refuse veto oppose dismiss support back endorse debate discuss consider weigh report describe"
)
HYPOTHETICAL_ADVERBS = _split("possibly perhaps maybe potentially conceivably hypothetically")
REPORTED_ADVERBS = _split("allegedly reportedly purportedly supposedly apparently")
LIKELY_ADVERBS = _split("probably likely presumably")
ALMOST = _split("nearly almost")
OPEN_MARKS = _split("if unless whether provided lest")
IN_CONDITIONALS = WILL | MAYBE | _split("would 'd ’d can should must")
CAN = _split("may might can ca should must ought")
BILLS = _split(
    "bill proposal plan law measure amendment motion legislation draft resolution deal agreement move treaty"
)
DEFINITE = _split("the this that these those his her its their our my your whose")
ASKED = _split("what who whom which why how when where whose")
RANKS = _split("first second third fourth last only recent latest youngest oldest biggest largest deadliest worst")
AHEAD = _split("next upcoming coming tomorrow forthcoming later")
TENSED = _split("when once as after until till before while")
