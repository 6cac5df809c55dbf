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
SELECTED_FOR_SUICIDE_MISSION = "2/58"
NARRATIVES = (
    ("In-fighting", "L1"),
    ("Brutality against Sunni Muslims", "L2"),
    ("Corruption and un-Islamic conduct", "L3"),
    ("Quality of life", "L4"),
)
WHY_THEY_NEED_NOT_AGREE = (
    "ICSR counted people who had left by August 2015; here accounts are counted, by the years in "
    "which they were published.",
    "ICSR read whole stories in its own way; here two readers saw the opening of each page and "
    "followed a written scheme, with four further reasons for leaving.",
    "ICSR set out to find every published story; here is a convenience sample of stored pages.",
    "ICSR's second narrative is brutality against Sunni Muslims; the nearest code here counts "
    "brutality against anybody.",
    "ICSR published no figure for agreement between coders; here it is given for every code.",
)
