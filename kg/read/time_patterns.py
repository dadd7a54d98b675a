"""Finds time expressions in plain text by patterns, and cuts them into their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from kg.read.calendar_values import DURATIONS, HOLIDAYS, ORDINALS, TENS, parse_number

MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|jun(?:e|\.)?|jul(?:y|\.)?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)(?!\w|-(?!jan|feb|mar[.c]|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)\w)"
)
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
ANY_WEEKDAY = rf"(?:{WEEKDAY}|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?)"
YEAR = r"(?:(?:1\d|20)\d\d|[2-9]\d\d(?= ?[);])|['’]\d\d)(?![\d%])(?![.,]\d)"
FULL_YEAR = r"(?:1\d|20)\d\d(?!\d)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d.,:]\d|\d)"
DASH = r"[-–—]"
PART = r"(?:morning|afternoon|evening|night)"
MOD = rf"(?:early|mid|late)(?:{DASH}to{DASH}late)?[\ -]"
NUMBER = (
    r"(?:\d[\d,]{0,6}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?)"
)
VAGUE = r"(?:(?:a )?(?:few|couple(?: of)?|handful of)|several|some|many|hundreds of|thousands of)"
UNIT = r"(?:second|minute|hour|day|week|month|quarter|year|decade)s?|centur(?:y|ies)"
ORDINAL = "(?:" + "|".join(word.replace("-", r"[\ -]") for word in sorted(ORDINALS, reverse=True)) + ")"
CIRCA = r"(?:(?:c\.|ca\.|circa) ?)?"
ZONE = "(?-i:CES?T|EES?T|BST|IST|JST|AES?T|[ECMP][SD]?T)"
NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL})"
ATTACK = (
    r"(?:terror(?:ist)? )?"
    r"(?:attacks?|assault|massacre|insurrection|riots?|rioters|hijackers|commission|committee)(?!\w)"
)
APPROX = (
    r"(?:about|around|roughly|approximately|nearly|almost|more than|less than|fewer than|over|at least|just over"
    r"|just under|up to|some)"
)
LAST = r"(?:last|next|this past|this coming|this)"
AT = "|".join(
    rf"(?<={word}\ )" for word in "at by until till after before around about from since between to and".split()
)
OVER = "|".join(rf"(?<={word}\ )" for word in "over within during for in throughout".split())

DURING = "|".join(
    rf"(?<={word}\ )" for word in "in during throughout of each every until since by before after".split()
)
OF_YEAR = (
    rf"(?:(?:,|,? of)? (?P<y>{YEAR})|,? (?:of )?(?P<yrel>last|this|next) year| (?P<rel>last|next)(?= ?[.,;:)]|$))?"
)
BY = "|".join(rf"(?<={word}\ )" for word in "by before until till".split())
ONES = "(?:one|two|three|four|five|six|seven|eight|nine)"
SPELLED = (
    r"(?:ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    rf"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[\ -]{ONES})?)"
)
HOLIDAY = "(?:" + "|".join(sorted(HOLIDAYS, reverse=True)).replace("'", "['’]") + ")"

# In order: at one place the first that fits wins. A blank stands for white space with at most one line end in it;
# one after a backslash only for itself.
PATTERNS: tuple[tuple[str, str], ...] = (
    ("date", r"(?P<y>[12]\d{3})-(?P<mm>[01]\d)-(?P<d>[0-3]\d)"
             r"(?:[T\ ](?P<h>[0-2]\d):(?P<mi>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"),
    ("numeric", r"(?P<a>\d{1,2})(?P<sep>/)(?P<b>\d{1,2})/(?P<y>[12]\d{3}|\d\d)"),
    ("numeric", r"(?P<a>\d{1,2})(?P<sep>\.)(?P<b>\d{1,2})\.(?P<y>[12]\d{3})"),
    ("nine_eleven", r"9/11(?!/)"),
    ("nine_eleven", rf"sept?(?:\.|ember)? 11(?:th)?(?= {ATTACK})"),
    ("january_sixth", rf"jan(?:\.|uary)? 6(?:th)?(?= {ATTACK})"),
    ("october_seventh", rf"oct(?:\.|ober)? 7(?:th)?(?= {ATTACK})"),
    ("date", rf"(?:(?P<wd>{ANY_WEEKDAY}),? )?(?:the )?(?P<d>{DAY})(?: ?(?:{DASH}|to|through) ?(?P<d2>{DAY}))?"
             rf"(?: day of| of)? (?P<m>{MONTH}){OF_YEAR}(?: (?P<part>{PART}))?"),
    ("date", rf"(?<=between\ )(?:the )?(?P<d>{DAY}) and (?:the )?(?P<d2>{DAY})(?: of)? (?P<m>{MONTH}){OF_YEAR}"),
    ("date", rf"(?<=between\ )(?P<m>{MONTH}) (?P<d>{DAY}) and (?P<d2>{DAY})(?! {MONTH}){OF_YEAR}"),
    ("date", rf"(?:the )?(?P<d>{ORDINAL})(?: day)? of (?P<m>{MONTH}){OF_YEAR}"),
    ("date", rf"(?:(?P<wd>{ANY_WEEKDAY}),? )?(?P<m>{MONTH}) (?:the )?(?P<d>{DAY})"
             rf"(?: ?(?:{DASH}|to|through) ?(?P<d2>{DAY})(?! {MONTH}))?{OF_YEAR}(?: (?P<part>{PART}))?"),
    ("month", rf"(?:(?:the )?{MOD})?(?P<m>{MONTH})(?:,| of| in)? (?P<y>{YEAR}|(?<=of\ )\d{{3}}(?![\d.,%]\d|\d|%))"),
    ("month", rf"(?:(?:the )?(?P<mod>{MOD}))?(?:(?P<rel>{LAST}) )?(?P<m>{MONTH})"
              r"(?:,? (?:of )?(?:(?P<yrel>last|this|next)|(?P<ycon>the same|that same|that)) year)?"),
    ("weekday", rf"(?:(?:early|late)(?: on)? )?"
                rf"(?:(?P<rel>{LAST}|the previous|the following|that|every|each|the same) )?"
                rf"(?P<wd>{WEEKDAY})(?: (?P<part>{PART}))?(?:,? (?:of )?(?P<week>last|this|next) week)?"),
    ("quarter", rf"(?:the )?(?P<fiscal>fiscal )?(?P<o>first|second|third|fourth|1st|2nd|3rd|4th)[\ -]"
                r"(?P<kind>quarter|half)"
                rf"(?:(?: of)? (?P<y>{FULL_YEAR})| of (?P<yrel>last|this|next|the) year"
                r"|(?P<fiscal2> of (?:its |the )?fiscal(?: year)?(?: \d{4})?))?"),
    ("quarter", rf"(?-i:Q)(?P<o>[1-4])(?: (?:of )?(?P<y>{FULL_YEAR}))?"),
    ("season", rf"(?:the )?(?:{MOD})?(?P<s>spring|summer|autumn|fall|winter)(?: of)? (?P<y>{FULL_YEAR})"
               rf"(?: ?(?:{DASH}|/) ?(?P<y2>{FULL_YEAR}|\d\d(?!\d)))?"),
    ("season", rf"(?P<rel>{LAST}) (?P<s>spring|summer|autumn|fall|winter)"),
    ("season", rf"(?:{DURING})(?:the )?(?:{MOD})?(?P<s>spring|summer|autumn|winter)"),
    ("season", r"(?<=in\ )the (?P<s>fall)(?! of)"),
    ("season", r"(?:the )?(?P<s>summer|autumn|winter)(?P<plural>s)"),
    ("season", r"(?P<rel>that|that same|the same) (?P<s>spring|summer|autumn|fall|winter)"),
    ("season", rf"(?:the )?(?:{MOD})?(?P<s>spring|summer|autumn|winter)"
               rf"(?= (?:is|are|has|have|can|(?:and|or) (?:{MOD})?(?:spring|summer|autumn|fall|winter))(?!\w))"),
    ("war", r"(?:the )?(?:(?P<one>first world war|world war (?:one|1|I)|WWI)"
            r"|second world war|world war (?:II|two|2)|WWII)"),
    ("holiday", rf"(?:(?P<rel>last|next|this) )?(?P<name>{HOLIDAY})"
                rf"(?:,? (?P<y>{FULL_YEAR}))?"),
    ("trailing", rf"(?:the |these |this )?(?P<rel>last|past|next|coming) (?:(?P<n>{NUMBER})|(?P<vague>{VAGUE}))"
                 rf" (?P<unit>{UNIT})"
                 r"(?! of)"),
    ("trailing", r"(?:the )?(?P<vague>recent|past|coming) (?P<unit>days|weeks|months|years|decades)"),
    ("trailing", r"the (?P<rel>last|past|coming) (?P<unit>week|month|quarter|year|decade)(?! of)"),
    ("trailing", rf"(?:{OVER})the (?P<rel>next) (?P<unit>week|month|quarter|year|decade)(?! of)"),
    ("period", rf"(?:(?:earlier|later|late|early) )?(?P<rel>{LAST}|the past|the coming)"
               r" (?P<unit>weekend|week|month|quarter|year|decade|century)(?! of (?!this|last|next))"),
    ("period", r"(?P<rel>the) (?P<unit>weekend)"),
    ("context", rf"(?P<rel>the previous|the following|the next|the same|that same|that) "
                rf"(?P<unit>day|week|weekend|month|year|decade|{PART})"),
    ("context", r"(?P<rel>the) (?P<unit>day|week|month|year) (?P<side>before|after)(?= ?[.,;:)]|$)"),
    ("today", r"(?:(?:earlier|later|late|early) )?"
              r"(?P<word>the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight)"
              rf"(?: (?P<part>{PART}))?"),
    ("today", r"(?:(?:earlier|later|late|early) )?(?P<word>last|this) (?P<part>(?<=last\ )(?:night|evening)|(?<=this\ )"
              r"(?:morning|afternoon|evening))"),
    ("ago", rf"(?:(?P<approx>{APPROX}) )?(?:(?P<n>{NUMBER})|(?P<vague>{VAGUE}))(?P<half> and a half| 1/2)?[\ -]"
            rf"(?P<unit>{UNIT})"
            r"(?P<half2> and a half)? (?P<side>ago|earlier|later|before|after|prior|previously|from now|hence|back)"),
    ("centuries", rf"(?:the )?(?:{MOD})?(?P<o>{NTH}) ?(?:{DASH}|to|through|until|and) ?(?:the )?(?:{MOD})?(?P<o2>{NTH})"
                  r"[\ -]centur(?:y|ies)(?: (?P<bc>(?-i:BCE?|B\.C\.)))?"),
    ("century", rf"(?:the )?(?:{MOD})?(?P<o>{NTH})[\ -]centur(?:y|ies)"
                r"(?: (?P<bc>(?-i:BCE?|B\.C\.)))?"),
    ("decade", rf"(?:(?:the )?(?:{MOD})?(?P<y>1\d\d0|20\d0)s|(?:the |{MOD})(?:{MOD})?(?P<y2>1\d\d0|20\d0)['’]s)"),
    ("decade", rf"(?:the )?(?:{MOD})?['’](?P<tens>\d0)s"),
    ("decade", rf"the (?:{MOD})?(?P<word>{'|'.join(TENS)})"),
    ("bc_years", rf"{CIRCA}(?P<y>\d{{1,5}}) ?(?:{DASH}|to|until) ?(?:(?:about|around) )?{CIRCA}"
                 r"(?P<y2>\d{1,5}) (?-i:BCE?|B\.C\.(?:E\.)?)"),
    ("bc", r"(?:(?:c\.|ca\.|circa) ?)?(?P<y>\d{1,5}) (?-i:BCE?|B\.C\.(?:E\.)?)"),
    ("years", rf"(?:(?:c\.|ca\.|circa) ?)?(?P<y>{FULL_YEAR})(?:{DASH}|/)(?P<y2>(?:1\d|20)\d\d|\d\d)(?!{DASH}?\d)"),
    ("years", rf"(?:(?:c\.|ca\.|circa) ?)?(?P<y>{FULL_YEAR}) {DASH} (?P<y2>(?:1\d|20)\d\d)(?!{DASH}?\d)"),
    ("years", rf"(?:(?:c\.|ca\.|circa) ?)?(?P<y>{FULL_YEAR}) – (?P<y2>\d\d)"),
    ("years", r"(?:c\.|ca\.|circa) ?(?P<y>\d{3}) ?[-–—] ?(?:(?:c\.|ca\.|circa) ?)?(?P<y2>\d{3})(?!\d)"),
    ("year", r"(?P<y>\d{1,4}) (?-i:AD|CE|A\.D\.|C\.E\.)"),
    ("year", r"(?-i:AD|A\.D\.) ?(?P<y>\d{1,4})"),
    ("year", r"(?:c\.|ca\.|circa) ?(?P<y>\d{3,4})(?![.,]?\d)"),
    ("fiscal", rf"(?:fiscal(?: year)?|(?-i:FY)) ?(?P<y>['’]?\d\d(?:\d\d)?)(?:{DASH}|/)?(?P<y2>\d\d(?:\d\d)?)?"),
    ("clock", r"(?P<h>\d{1,2})(?:[:.](?P<mi>[0-5]\d))? ?(?P<ap>[ap])(?:\. ?m\.|\.?m(?!\w))"),
    ("clock", r"(?P<h>[01]?\d|2[0-3]):?(?P<mi>[0-5]\d)(?= ?(?:GMT|UTC|hours|hrs|local time)(?!\w))"),
    ("clock", rf"(?P<h>0\d|1[3-9]|2[0-3]):?(?P<mi>[0-5]\d)(?= {ZONE}(?!\w))"),
    ("clock", rf"(?:{AT})(?P<h>[01]?\d|2[0-3])(?P<bare>:)(?P<mi>[0-5]\d)(?::[0-5]\d)?(?![:\d])"),
    ("clock", rf"(?P<h>{NUMBER}) (?P<oclock>o['’]clock)(?: in the (?P<part>morning|afternoon|evening))?"),
    ("clock", r"(?P<word>noon|midday|midnight)"),
    ("end", rf"(?:{BY})(?:the )?(?P<deadline>end|close) of (?:the|this) (?P<unit>year|month)"),
    ("end", r"(?:the )?(?P<edge>end|close|start|beginning) of (?:the|this) (?P<unit>year|month|week)"),
    ("end", rf"(?:{BY})(?P<unit>year)[\ -](?P<deadline>end)"),
    ("end", r"(?P<unit>year)[\ -](?P<edge>end)"),
    ("part_of", rf"(?:the )?(?P<part>{PART}) of(?= )"),
    ("year", rf"(?:(?P<mod>early|mid|late|post|pre)[\ -]|the year )?(?P<y>{FULL_YEAR})(?![.,:/]\d|{DASH}\w|%)"),
    ("year", r"(?:(?<=of\ )|(?<=in\ )|(?<=since\ ))['’](?P<y>\d\d)"),
    ("year", r"the year (?P<y>\d{2,3})(?![.,]?\d|%)"),
    ("spelled", rf"(?:{DURING})(?P<hundreds>(?:four|fif|six|seven|eigh|nine)teen|twenty)[\ -]"
                rf"(?:hundred (?:and )?)?(?P<rest>{SPELLED})(?!-)"),
    ("spelled", rf"(?:{DURING})(?P<hundreds>two thousand)(?: and)? (?P<rest>{SPELLED}|{ONES})"),
    ("today", r"(?<=on\ )(?P<word>this) day(?! (?:in|of)|,? \d)"),
)  # fmt: skip
FIXED = {  # days that are called by month and day alone
    "nine_eleven": ("date", {"y": "2001", "mm": "9", "d": "11"}),
    "january_sixth": ("date", {"y": "2021", "mm": "1", "d": "6"}),
    "october_seventh": ("date", {"y": "2023", "mm": "10", "d": "7"}),
}
# How an expression may begin. The patterns are tried only there, which takes a quarter of the time: a pattern that can
# begin with another word needs its first letters here.
OPENINGS = (
    r"\d|['’]|a(?:n?(?!\w)|bout|d|fter|lmost|pp|pr|round|t(?!\w)|u[gt])|b(?:eg|ox)|c(?:a?\.|hri|irc|lo|om|ou)|dec"
    r"|e(?:a[cr]|ig|le|nd|ve)|f(?:al|eb|ew|i[frsv]|ort|ou|ri|y)|h(?:al|an|un)|j(?:an|u[lns])|l(?:as|at|es)"
    r"|m(?:a[nry]|id|o[nr])|n(?:ea|e[wx]|i[gn]|o[ov])|o(?:ct|ne|ve)|p(?:as|os|re)|q[1-4]|r(?:ec|ou)"
    r"|s(?:at|e[cpv]|ix|om|pr|ta|u[mn])|t(?:en|h(?:at|e(?!\w)|ese|i|o|r|u)|o[dmn]|ue|w[eo])|up(?!\w)|val"
    r"|w(?:ed|in|orl|w)|y(?:ea|es)"
)
BLANK = r"(?:(?:[^\S\n]{1,3}\n?|\n)[^\S\n]{0,3})"
FRONT, BACK = r"(?<![\w$£€¥#@])(?<!\d[.,:/])(?<!\d-)", r"(?!\w)"


@dataclass(slots=True)
class Expression:
    """A time expression: its offsets, the rule that found it, and its parts in lower case."""

    start: int
    end: int
    rule: str
    fields: dict[str, str] = field(default_factory=dict)


def _without_names(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


@cache
def _compile_finder() -> re.Pattern[str]:
    """One pattern that finds an expression's place and its rule, as the group "r3", in a single pass."""
    choices = (f"(?P<r{i}>{_without_names(_spell(pattern))}){BACK}" for i, (_, pattern) in enumerate(PATTERNS))
    return re.compile(rf"{FRONT}(?={OPENINGS})(?:{'|'.join(choices)})", re.IGNORECASE)


@cache
def _compile_parser(number: int) -> re.Pattern[str]:
    """A rule's own pattern, which cuts an expression into its parts."""
    return re.compile(f"{FRONT}{_spell(PATTERNS[number][1])}{BACK}", re.IGNORECASE)


def _spell(pattern: str) -> str:
    return re.sub(r"(?<!\\) ", lambda _: BLANK, pattern)


# Months that are also names or verbs: alone they need a word before them that goes before a time.
UNSURE = re.compile(r"(?:may|march|april|june|august|[a-z]{3,4}\.?)$", re.IGNORECASE)
RANGE = re.compile(rf"[-–—/]{MONTH}", re.IGNORECASE)
LEAD = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|from|to|through|during|before|after|every|each|between|and|or|for)|[-–—,(])"
    r"[^\S\n]*\n?$",
    re.IGNORECASE,
)


def find_expressions(text: str) -> Iterator[Expression]:
    """The time expressions of ``text`` in order, without overlap; no other word is looked at than the text's own."""
    finder = _compile_finder()
    at = 0
    while match := finder.search(text, at):
        number = int((match.lastgroup or "r0")[1:])
        found = _parse(text, match.start(), PATTERNS[number][0], _compile_parser(number))
        at = found.end if found else match.start() + 1
        if found:
            yield found


def _parse(text: str, start: int, rule: str, parser: re.Pattern[str]) -> Expression | None:
    parts = parser.match(text, start)
    if parts is None:
        return None
    raw = {name: " ".join(value.split()) for name, value in parts.groupdict().items() if value}
    if "m" in raw and not _is_month(text, start, raw):
        return None
    fields = {name: value.lower().strip("'’") for name, value in raw.items()}
    if "unit" in fields:
        fields["unit"] = "century" if fields["unit"] == "centuries" else fields["unit"].removesuffix("s")
    rule, fields = FIXED.get(rule, (rule, fields))
    return Expression(parts.start(), parts.end(), rule, fields)


def _is_month(text: str, start: int, raw: dict[str, str]) -> bool:
    """Whether a month's name is one: "may 5" and "March on" are none, "in May" and "May 5" are."""
    name = raw["m"]
    if not UNSURE.match(name):
        return True
    if name[0].islower():
        return not raw.keys().isdisjoint(("d", "y")) and name[:3] not in ("may", "mar")
    if not raw.keys().isdisjoint(("d", "y", "rel", "mod", "yrel", "ycon")) or RANGE.match(text, start + len(name)):
        return True
    return LEAD.search(text[max(0, start - 12) : start]) is not None


def find_duration(text: str) -> str | None:
    """The value of a text that is nothing but a duration ("three years" is P3Y); None for any other."""
    match = re.fullmatch(
        rf"(?:the )?(?P<n>{NUMBER})[ -](?P<unit>minute|hour|day|week|month|year)s?", text, re.IGNORECASE
    )
    count = parse_number(match["n"].lower()) if match else None
    return DURATIONS[match["unit"].lower()].format(count) if match and count is not None else None
