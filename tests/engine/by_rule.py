"""The engine by rules alone: what tables of phenomena are about, whatever a model sees."""

from functools import partial

from factcheck.engine import Models, analyze, extract

RULES = Models(None, None, sentence=None)

analyze_by_rule = partial(analyze, models=RULES)
extract_by_rule = partial(extract, models=RULES)
