"""The words that tell how a claim stands to its content: denials, doubts, intentions, negations, modals, times.

Lemmas where the reader compares lemmas (cues and the words that lead to a clause), else words in small letters.
"""

from __future__ import annotations


def _split(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


# Lemmas of cues, and of words in the content that lead to a clause or an infinitive.
DENIALS = _split("deny reject refute dismiss rebut repudiate disavow dispute doubt debunk denial rejection dismissal")
# With an infinitive these deny it.
REFUSALS = _split("refuse decline fail neglect refusal failure")
BANS = _split("forbid ban bar prohibit")
# These deny a content that they are said of: "it is untrue that", "unable to".
FALSE = _split(
    "unable impossible unlikely untrue false incapable unwilling reluctant improbable unwillingness inability",
)
PROBABLE = _split(
    "likely unlikely probable improbable likelihood expect expected expectation believe belief think suppose",
    "guess reckon figure assume presume suspect suspicion anticipate predict prediction forecast project seem",
    "appear suggest imply doubt doubtful tend impression supposed",
)
POSSIBLE = _split(
    "allege allegation speculate speculation fear afraid hope hopeful wonder rumor rumour consider mull weigh",
    "contemplate worry worried concern concerned unclear uncertain unsure unknown possible possibility chance",
    "risk danger question ponder conceivable",
)
# What is still open where these are negated: "it is not clear that", "we do not know if".
KNOWLEDGE = _split("clear sure certain know obvious evident certainty confident idea")
# Negated, these say more than doubt: "no chance that", "not possible", "no doubt that".
ABSOLUTE = _split("possible possibility chance risk danger doubt question conceivable way")
# With an infinitive after them what they speak of lies ahead.
AHEAD = _split(
    "plan intend intention vow threaten threat promise pledge expect propose proposal urge call demand order want",
    "wish hope aim seek decide decision agree agreement prepare ask request invite require instruct command",
    "advise recommend encourage persuade press offer swear undertake commit commitment resolve arrange schedule",
    "tell warn refuse decline refusal set due about bound poised slate slated scheduled likely unlikely ready",
    "prepared willing willingness eager determined expected go mean consider mull weigh contemplate forbid rule",
    "desire move opt choose volunteer appeal beg implore lobby push unwilling reluctant authorize authorise elect",
    "vote guarantee predict forecast project anticipate readiness committed supposed",
)
GOING = _split("going gon")  # "go to see" goes, "going to see" will
# A thing that is the content of these lies ahead: "called for a ceasefire".
AHEAD_THINGS = _split(
    "call demand promise pledge propose expect predict forecast threaten urge plan vow seek want order anticipate",
    "request consider mull weigh contemplate await intend appeal recommend warn",
)
SPEAKING = _split(  # "declined to comment" tells of now
    "comment say answer discuss respond reply elaborate speak name identify disclose reveal explain",
    "confirm specify",
)
# What one does is ahead after these: "ruled out raising".
AHEAD_DOINGS = AHEAD_THINGS | _split(
    "rule forbid ban prohibit suggest advocate refuse against oppose favor favour support",
)
MANDATES = _split("demand propose recommend urge order request ask require")  # "demanded that he go"
# Negated, these deny what follows: "do not believe that", "found no evidence that".
DENIABLE = (
    PROBABLE
    | AHEAD
    | _split(
        "evidence sign proof indication reason interest need plan accept support endorse allow approve recall",
        "remember favor favour back find true case like love welcome feel basis sense inclined trust envision see",
        "admit interested",
    )
)
# What leads to the clause that matters: "it is true that", "there is evidence that".
LEADS = (
    DENIALS
    | REFUSALS
    | FALSE
    | PROBABLE
    | POSSIBLE
    | KNOWLEDGE
    | AHEAD
    | _split("evidence sign proof indication reason true fact way basis interest convinced case let remain")
)
# A clause after these is something said or done of its own.
CLOSED = _split(
    "tell warn ask order call vote deny reject refute dismiss rebut repudiate disavow dispute question allege",
)

NEGATIONS = _split("not n't n’t never neither nor hardly scarcely barely nowhere nt")
# Alone and before a noun: "nobody", "no plans".
NOBODY = _split("nobody none nothing neither noone no-one")
NO = _split("no neither zero")
CUE_NEGATIONS = NEGATIONS | NO | _split("without unable")
UNNEGATED = _split("only just merely simply solely because")  # after "not"
# After "no" and "none" these make no negation of it: "no fewer than", "no doubt", "nothing but".
COMPARED = _split("fewer less more later sooner longer matter wonder choice option alternative other but one")
# With "no" these negate from outside the subject and object: "at no point", "by no means".
NEVER_PLACES = _split("time point circumstance circumstances way means mean case condition account moment stage")

DOUBTFUL_ADVERBS = _split("possibly perhaps maybe allegedly conceivably purportedly potentially")
LIKELY_ADVERBS = _split("probably likely apparently presumably seemingly reportedly supposedly")
MAYBE = _split("may might could")
SHOULD = _split("should ought")
MUST = _split("must need")
WILL = _split("will shall 'll ’ll wo ll")
DUTIES = _split("have need")  # with an infinitive: "have to"
SENSES = _split("see hear feel smell taste sense notice")
# "may know" is of now, "may leave" of what is to come.
STATES = _split(
    "be have know cost need contain belong own mean understand believe like love hate want exist depend matter",
    "include deserve involve live seem appear explain concern think remember",
)
HABITS = _split("often always usually sometimes frequently regularly every")
CONDITIONS = _split("if unless provided")
TURNED = _split("had were should")  # open a condition before their subject: "had we known"
ASIDE = CONDITIONS | _split(
    "while although though because since when after before as until once whereas given according",
)
# Their nouns lead on: "have a plan to", "there is a chance that".
LIGHT = _split("have be get hold see find show offer give make take express harbour harbor need carry bear")
# With "against" these deny: "advised against".
OPPOSING = _split("warn advise argue decide vote urge recommend caution rule counsel")
OPENERS = _split("even as only what except")  # before "if" they make no condition of it
TIMES_AHEAD = _split("tomorrow tonight soon shortly next coming upcoming")
DAYS = _split("monday tuesday wednesday thursday friday saturday sunday")
UNITS = _split("minute hour day week month year decade")
GREETINGS = _split(
    "good hello hi thank thanks welcome please yes no well sorry congratulations look listen wow okay ok",
)
# Nouns whose clause may look like a relative one: "no doubt they lied".
SIGNS = _split(
    "doubt question evidence sign proof indication chance possibility fact way risk danger hope fear likelihood reason",
)
ASKING = _split("whether if who what when where why how which")
TELLING = _split("tell say know judge")
# "not" before these is no negation.
LITOTES = _split(
    "uncommon unusual unreasonable insignificant inconceivable unthinkable unexpected unwelcome unfounded",
)
# In the content with a thing for an object: "expects a recession", "pledged reforms".
FORESEEN = _split("expect anticipate predict forecast")
COMMITMENTS = _split("vow promise pledge threaten predict forecast")  # also with a clause of the present
PROMISED = _split("plan promise pledge vow threaten")
BARELY = _split("hardly scarcely barely")
