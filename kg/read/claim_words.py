"""The words that tell a claim from what only stands near one: lemmas of speech, of thought and of feeling."""

from __future__ import annotations


def _split(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


MARKS = frozenset('"“”«»')
# Said or written: these introduce what somebody put in words.
SAID = _split(
    "accept according accusation accuse acknowledge acknowledgement add address admission admit advice advise",
    "advocate affirm allegation allege allegedly allude announce announcement answer apologise apologize apology",
    "appeal argue argument ask assert assertion assure attack attest attribute avow bemoan berate blame blast",
    "boast brag caution celebrate challenge characterise characterize chide cite claim clarify comment",
    "communicate complain complaint compliment concede conclude conclusion condemn confess confession confide",
    "confirm congratulate contend contention contradict counter criticise criticism criticize cry debunk",
    "declaration declare decline defend demand denial denounce denunciation deny deride describe description",
    "detail disclose discuss dismiss dispute dub echo elaborate emphasise emphasize endorse enquire estimate",
    "exclaim explain explanation expound express forecast grumble hail highlight hint imply inform inquire insist",
    "instruct insult interject invite jest joke justify lament laud lecture lie list maintain mention message",
    "moan mock mumble murmur mutter name note notify object objection observe offer opine order outline pen plead",
    "pledge point portray post praise predict prediction proclaim profess promise proposal propose protest",
    "question quip quote rail ramble rant rate read reaffirm reason reassure rebuke rebut recall recite",
    "recommend recommendation recount refer refuse refute reiterate reject relate relay remark remind repeat",
    "reply report reportedly request respond response restate retort retweet reveal ridicule rule say scold",
    "scream shout sigh signal slam speak specify speculate speculation speech spokesman state statement stipulate",
    "stress suggest suggestion summarise summarize swear talk taunt tease tell term testify testimony",
    "thank threat threaten tout tweet underline underscore urge utter voice volunteer vow warn warning welcome",
    "whisper wisecrack word write yell",
    "accord call encourage discourage exhort instruct",
)
# Whose object, or subject in the passive, is who hears it.
TOLD = _split("advise ask assure brief inform notify query question reassure remind tell warn")
# Thought, known, meant or intended.
THOUGHT = _split(
    "agree aim anticipate assess assume assumption aware belief believe calculate certain confident",
    "consider contemplate convince convinced count decide decision deem determine diagnose discover doubt",
    "doubtful envisage envision expect expectation fathom feel figure find foresee forget guess hold hypothesise",
    "hypothesize idea imagine infer intend intention interpret judge know knowledge learn mean mull opinion",
    "perceive plan ponder presume project realise realize reckon recognise recognition recognize reconsider",
    "regard remember resolve sceptical see seek seem skeptical suppose sure surmise suspect suspicion theorise",
    "theorize theory think thought treat trust unaware understand understanding unsure unwilling view vision",
    "wager weigh willing willingness wonder",
)
# Felt, wanted, liked or disliked.
FELT = _split(
    "abhor admire afraid alarm alarmed angry annoyed anxious appreciate astonished back bother",
    "care champion concern concerned confusion desire despise detest disagree disagreement disappointed",
    "disappointment disapprove dislike displeasure distrust eager embrace enjoy enthusiasm excited fan favor",
    "favour fear fearful frustrated frustration fury glad grateful happy hate hope hopeful horrified impressed",
    "interest interested like loathe love mind mistrust nervous object oppose opposed opposition optimistic",
    "outrage outraged pessimistic pleased prefer preference proud regret reluctant resent respect sad satisfied",
    "scared shock shocked side sorry support surprise surprised sympathise sympathize thrilled tired uneasy",
    "unhappy upset want wary wish worried worry",
)
# Documents say what they hold; in a clause these tell it.
SHOWN = _split(
    "attest conclude demonstrate document establish find illustrate indicate mean prove reflect reveal show",
)
# With a name or a role for all content, and nobody who gives it, these only name: "also called", "known as".
NAMING = _split(
    "bill brand call describe dub entitle identify know label name nickname refer rename style term title",
)
# What one calls without saying anything of it: "called a halt", "calling an election".
CALLED = _split(
    "ambulance attention conference election end halt meeting police poll quit referendum session stop strike",
    "summit time timeout truce vote witness",
)
# Seen or heard: no words of anybody's.
SENSED = _split(
    "capture film hear listen look notice observe record see smell spot taste watch witness",
)
# One sides with one in these without a word: "voted for", "signed on to".
ACTS = _split(
    "approve approval arrest award ban charge elect fine sign sue veto vote",
)
# With whom or what is spoken to or of for all content, these say nothing of it: "thanked his supporters".
GREETING = _split("address congratulate contact greet hug interview mention phone thank")
# Nor of a thing that one only speaks about, or of: "spoke on the economy", "responded to the ruling".
TOPICAL = _split("answer comment converse react reply respond shout speak talk testify")
ABOUT = _split("about at of on over regarding to with")
# Cited, these are where something comes from, and not what is said: "citing police sources".
CITED = _split("document expert figure media official outlet person police poll record report source survey witness")
# Refused, these leave nothing said: "declined to comment".
ANSWERING = _split("answer comment elaborate reply respond")
REFUSING = _split("decline refuse")
# Said of who keeps silent: "declined to say how much".
TELLING = _split("comment confirm disclose identify name reveal say specify")
# Offered with no more words, these say nothing: "expressed his condolences".
OFFERING = _split("convey express extend give offer send share voice")
CONSOLING = _split(
    "apology best condolence congratulation disappointment gratitude greeting regret sorrow sympathy thank thanks",
)
# "Speaking to Acme, she said": who is spoken to hears it.
SPEAKING = _split("chat speak talk testify write")
# "In an interview with Acme, she said": so does who has it.
TALKS = _split("answer comment conversation email interview letter memo message note remark speech statement testimony")
