"""Made-up news: stories of an agency as other outlets print them, and local news that is made from one mould."""

STORIES = {
    "harbor": """Harbor workers to vote on new contract

PORT ELSA (NWA) - Dock workers in Port Elsa will vote next week on a contract that raises wages by 6 percent over \
two years, their union said on Monday.

"It is not everything we asked for, but it is an honest offer," union leader Greta Holm told reporters outside the \
harbor gate.

The harbor authority said the agreement would end a dispute that has delayed 140 ships since January.

Exporters welcomed the news. "Every day of waiting costs our members 2 million crowns," said Olaf Brandt of the \
chamber of commerce.

Voting opens on Tuesday at 8 a.m. and closes on Friday evening.
""",
    "water": """Court halts plan for dam on upper Orla

VELMA, March 3 (Reuters-like) - A court on Tuesday halted work on a dam on the upper Orla river, saying the ministry \
had not studied what it would do to three villages downstream.

Judge Irena Sokol said the permit of 2021 was void. "The people who live there were never heard," she said in \
her ruling.

The ministry called the decision regrettable and said it would appeal within 30 days.

Environmental groups had argued that the reservoir would flood 1,200 hectares of forest. The company that builds the \
dam, Orla Power, denied that.

Its shares fell 4.5 percent in early trading.
""",
    "vaccine": """Health ministry widens flu campaign to schools

The health ministry will offer flu vaccines in all primary schools from October, Health Minister Tomas Reyes said \
on Wednesday.

"We want parents to have one errand less," Reyes said. He said that 310,000 children would be eligible.

Doctors' groups said that nurses were too few. Anna Weiss, who speaks for them, said that "a vial does not walk into \
a classroom by itself".

The campaign costs 11 million euros and is paid for by the federal budget.

Schools may opt out until the end of August.
""",
    "rail": """Night trains return to the northern line

Sleeper trains will run again between Velma and Norhaven from December, the railway said on Thursday, ten years after \
the last one left.

Tickets will cost between 39 and 120 euros. "We have had more letters about this than about any timetable," said \
spokeswoman Lena Duval.

The first train will have six sleeping cars and will leave Velma at 9.40 p.m.

Passenger groups said the fares were too high for families. The opposition asked why the line had been given up at all.

The railway lost 48 million euros last year.
""",
    "school": """Teachers end strike after three weeks

Teachers in the capital return to work on Monday after their unions accepted a smaller raise, ending a strike that \
had closed 212 schools for three weeks.

"We did not win, but we were heard," said Paul Adler, who led the talks for the unions. Mayor Sofia Lind said that \
nobody would be punished for taking part.

Under the agreement teachers get 150 euros more a month from September and smaller classes from next year.

Parents' associations said they were relieved. Some said their children had missed examinations.

The city puts the cost at 27 million euros a year.
""",
}


def _curly(text: str) -> str:
    """Typographic quotation marks and apostrophes in place of straight ones."""
    parts = text.split('"')
    return "".join(part + ("“" if at % 2 == 0 else "”") for at, part in enumerate(parts))[:-1].replace("'", "’")


def _angled(text: str) -> str:
    parts = text.split('"')
    return "".join(part + (" « " if at % 2 == 0 else " » ") for at, part in enumerate(parts))[:-3]


def _retitled(text: str, title: str) -> str:
    return f"{title}\n{text.partition(chr(10))[2]}"


def _without_paragraph(text: str, number: int) -> str:
    parts = text.strip().split("\n\n")
    return "\n\n".join(part for at, part in enumerate(parts) if at != number) + "\n"


def _from_elsewhere(text: str, line: str) -> str:
    head, first, rest = text.partition("\n\n")
    opening = rest.split(" - ", 1)[1] if " - " in rest[:45] else rest
    return f"{head}{first}{line}{opening}"


def printed() -> dict[str, tuple[str, str]]:
    """An agency's story, and how another outlet prints it: four ways each, twenty in all."""
    made = {}
    for name, text in STORIES.items():
        made[f"{name}, other headline and curly quotation marks"] = (
            text,
            _curly(_retitled(text, "What we know so far")),
        )
        made[f"{name}, a paragraph cut"] = (text, _without_paragraph(text, 4))
        made[f"{name}, other dateline"] = (text, _from_elsewhere(text, "NORHAVEN, March 4 (AP-like) — "))
        cut = _without_paragraph(_from_elsewhere(_angled(text), "Velma (dpx) – "), 5)
        made[f"{name}, all at once and a credit"] = (
            text,
            _retitled(cut, "News in brief") + "\n(Additional reporting by Jo Ek)\n",
        )
    return made


_MOULDS = """Break-in at shop in {town}

Unknown thieves broke into a shop in {street} in {town} during the night to {day}. They took cash and tobacco \
worth about {figure} euros, police said. The damage to the door is put at {less} euros. Witnesses who saw \
anything suspicious are asked to call the police station in {town}. Officers secured traces at the scene.
===
{town} council passes budget

The council of {town} passed its budget on {day} with {less} votes. The town will spend {figure} euros, most \
of it on schools and roads. Mayor {name} said the debate had been fair. The opposition said the plan took no \
account of rising costs. A new fire engine will be bought in the spring.
===
Weather for {town}

It will be cloudy in {town} on {day} with showers in the afternoon. The high will be {less} degrees. A weak \
wind comes from the west. In the night it clears up and fog may form along the river. The weather service \
expects {figure} hours of sunshine this month.
===
{town} beat their guests

The footballers of {town} won at home on {day} before {figure} spectators. {name} scored the only goal in the \
{less}th minute. "We defended well and that was the key today," the coach said after the final whistle. The \
guests had the better chances in the first half. The next match is away.
===
Jobless rate in {town} district

In the district of {town} {figure} people were out of work at the end of the month, the labor office said on \
{day}. The rate was {less} percent. Employers reported fewer vacancies than a year before. Young people found \
work more easily than older ones, the head of the office, {name}, said. Short-time work hardly changed.
===
Car hits tree near {town}

A {less}-year-old driver was injured on {day} when his car left the road near {town} and hit a tree. He was \
taken to hospital. The road was closed for two hours. Police put the damage at {figure} euros. The cause of \
the accident is not known and an expert was called in.
===
School in {town} gets new roof

The primary school in {town} gets a new roof this summer. The work costs {figure} euros, of which the state \
pays {less} percent, {name} of the building office said on {day}. Lessons will go on in the gymnasium while \
the builders are there. Parents had complained about leaks for years.
===
Road works in {town}

{street} in {town} will be closed from {day} for {less} days. A water main is being laid and the surface \
renewed. Buses stop at the church instead. The town asks residents for patience. The work costs {figure} euros \
and will be finished before the holidays begin, the building office said.
===
Hospital of {town} reports

The hospital of {town} treated {figure} patients last year, its director {name} said on {day}. That was {less} \
percent more than in the year before. Waiting times in the emergency room grew. The hospital looks for nurses \
and has opened a home for trainees. A new operating theater will be ready soon.
===
Fire in {town}

A fire broke out in a house in {street} in {town} on {day}. {less} residents got out unhurt. The fire brigade \
had the flames under control within an hour. Police put the damage at {figure} euros. How the fire started is \
not known. The house cannot be lived in for now and the town found rooms for the families.
"""
PLACES = (
    {
        "town": "Tannfeld",
        "street": "Mill Street",
        "day": "Monday",
        "figure": "2,400",
        "less": "12",
        "name": "Ilse Kramer",
    },
    {
        "town": "Osthaven",
        "street": "Church Lane",
        "day": "Thursday",
        "figure": "3,100",
        "less": "17",
        "name": "Marek Olin",
    },
    {"town": "Bruma", "street": "Castle Road", "day": "Monday", "figure": "2,400", "less": "12", "name": "Ilse Kramer"},
)


def moulded() -> dict[str, tuple[str, str]]:
    """Two articles of one make about two things: another town, day and figures, or the town (and street) alone."""
    made = {}
    for mould in _MOULDS.split("===\n"):
        one, other, alike = (mould.format(**place) for place in PLACES)
        name = one.split("\n", 1)[0]
        made[name] = (one, other)
        made[f"{name}, the place alone"] = (one, alike)
    return made
