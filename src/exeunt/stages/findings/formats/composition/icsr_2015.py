"""What ICSR published in 2015, as far as its summary and the press reports tell.

Neumann, P. R. (2015), *Victims, Perpetrators, Assets: The Narratives of Islamic State
Defectors*. London: ICSR. Its summary names four narratives of leaving and gives no count
for any of them.
"""

COUNTS = (
    ("People who left and spoke, January 2014 to August 2015", "58"),
    ("Men · women", "51 · 7"),
    ("Countries", "17"),
    ("Left in June to August 2015 (reported as “a third”)", "17/58 = 29 %"),
)
SUICIDE_MISSIONS = (
    "ICSR also mentions 2 of its 58 who had been chosen for a suicide mission; no code here counts "
    "only that."
)
NARRATIVES = (
    ("In-fighting", "L1"),
    ("Brutality against Sunni Muslims", "L2"),
    ("Corruption and un-Islamic conduct", "L3"),
    ("Quality of life", "L4"),
)
WHY_THEY_NEED_NOT_AGREE = (
    "ICSR counted people by when they left; here accounts are counted, by when they were "
    "published. The same stories may be in both.",
    "ICSR found its narratives by reading whole stories; here codes were fixed beforehand, and "
    "the readers saw the opening of each page only.",
    "ICSR set out to find every published story; here is a convenience sample of stored pages. "
    "Some accounts here were given under legal process.",
    "ICSR's second narrative is brutality against Sunni Muslims; the nearest code here counts "
    "brutality against anybody. Suicide missions and the treatment of women have codes of their "
    "own here (L5, L8), so L2 and L4 are not ICSR's narratives.",
    "ICSR published no figure for agreement between coders; here it is given for every code.",
)
