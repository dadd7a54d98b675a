"""The names of countries and their adjectives, in small letters."""

from __future__ import annotations

from kg.read.office_words import REPUBLICS


def _split(names: str) -> list[str]:
    return " ".join(names.split()).split(", ")


COUNTRIES = REPUBLICS | frozenset(
    _split(
        """
    abkhazia, afghanistan, america, andorra, antigua and barbuda, australia, austria-hungary, bahamas, bahrain,
    barbados, belgium, belize, bermuda, bhutan, bosnia, bosnia and herzegovina, britain, brunei, burkina faso,
    burma, cambodia, canada, central african republic, comoros, congo, cote d'ivoire, czechia, czechoslovakia, côte
    d'ivoire, democratic republic of the congo, denmark, dominica, dr congo, drc, east germany, england, eswatini,
    faroe islands, gdr, gibraltar, great britain, greenland, grenada, guam, guernsey, guyana, holland, holy see,
    hong kong, iran, islamic republic of iran, isle of man, jamaica, japan, jersey, jordan, kingdom of saudi arabia,
    korea, kosovo, kuwait, laos, lesotho, libya, liechtenstein, luxembourg, macao, macau, macedonia, malaysia,
    marshall islands, micronesia, monaco, morocco, myanmar, nazi germany, netherlands, new zealand, north korea,
    north vietnam, northern cyprus, northern ireland, norway, oman, ottoman empire, palestine, papua new guinea,
    people's republic of china, prc, prussia, puerto rico, qatar, republic of china, republic of ireland, republic
    of korea, republic of the congo, republic of venice, rhodesia, russian federation, saint kitts and nevis, saint
    lucia, saint vincent and the grenadines, samoa, san marino, sao tome and principe, saudi arabia, scotland,
    solomon islands, somaliland, south ossetia, south vietnam, soviet union, spain, state of palestine, sudan,
    suriname, swaziland, sweden, switzerland, syrian arab republic, são tomé and príncipe, thailand, the gambia,
    tibet, timor-leste, tonga, trinidad and tobago, tuvalu, türkiye, u.a.e., u.k, u.k., u.s, u.s.s.r., uae, uk,
    united arab emirates, united kingdom, ussr, vatican city, wales, west germany, western sahara, yugoslavia, zaire
        """
    )
)
"""Names of countries, past ones and those that are parts of another among them."""
PARTS = frozenset(
    "england,scotland,wales,northern ireland,hong kong,macau,puerto rico,greenland,taiwan,kosovo,palestine,bermuda,"
    "gibraltar,faroe islands,isle of man,jersey,guernsey,guam,abkhazia,south ossetia,western sahara,northern cyprus,"
    "somaliland,georgia,holy see".split(",")
)
"""Countries that may lie in another one, or whose name is also that of another place."""
ADJECTIVES = frozenset(
    _split(
        """
    afghan, afghani, albanian, algerian, american, andorran, angolan, argentine, argentinean, argentinian, armenian,
    aussie, australian, austrian, azerbaijani, azeri, bahraini, bangladeshi, barbadian, belarusian, belarussian,
    belgian, belizean, beninese, bhutanese, bolivian, bosnian, botswanan, brazilian, brit, british, briton,
    bruneian, bulgarian, burkinabe, burkinabè, burmese, burundian, byelorussian, cambodian, cameroonian, canadian,
    cape verdean, central african, chadian, chilean, chinese, colombian, comorian, congolese, costa rican, croat,
    croatian, cuban, cypriot, czech, czechoslovak, dane, danish, djiboutian, dominican, dutch, dutchman,
    dutchwoman, east
    timorese, ecuadorean, ecuadorian, egyptian, emirati, english, englishman, englishwoman, eritrean, estonian,
    ethiopian, fijian, filipino, finn, finnish, french, frenchman, frenchwoman, gabonese, georgian, german,
    ghanaian, greek, grenadian, guatemalan, guinean, guyanese, haitian, honduran, hungarian, icelander, icelandic,
    indian, indonesian, iranian, iraqi, irish, irishman, irishwoman, israeli, italian, ivorian, jamaican, japanese,
    jordanian, kazakh, kazakhstani, kenyan, kosovan, kosovar, kuwaiti, kyrgyz, laotian, latvian, lebanese, liberian,
    libyan, lithuanian, luxembourger, luxembourgish, macedonian, malagasy, malawian, malaysian, maldivian, malian,
    maltese, mauritanian, mauritian, mexican, moldovan, mongolian, montenegrin, moroccan, motswana, mozambican,
    namibian, nepalese, nepali, new zealander, nicaraguan, nigerian, nigerien, north korean, norwegian, omani,
    ottoman, pakistani, palestinian, panamanian, papua new guinean, paraguayan, peruvian, philippine, pole, polish,
    portuguese, prussian, qatari, romanian, russian, rwandan, salvadoran, salvadorean, samoan, saudi, saudi arabian,
    scot, scots, scottish, senegalese, serb, serbian, sierra leonean, singaporean, slovak, slovakian, slovene,
    slovenian, somali, south african, south korean, south sudanese, soviet, spaniard, spanish, sri lankan, sudanese,
    surinamese, swede, swedish, swiss, syrian, taiwanese, tajik, tanzanian, thai, timorese, togolese, tongan,
    trinidadian, tunisian, turk, turkish, turkmen, ugandan, ukrainian, uruguayan, us-american, uzbek, venezuelan,
    vietnamese, welsh, welshman, welshwoman, yemeni, yugoslav, yugoslavian, zambian, zimbabwean
        """
    )
)
"""What people and things of these countries are called."""
