"""Sentences with gaps, kept whole so that they can be found again and said in another language."""


def worded(sentence: str, **gaps: object) -> str:
    """The English sentence with its gaps filled.

    What stands in the first place is what translators see; `factcheck.ledger.wording` finds it again in a sentence that
    was made, perhaps in another process and long ago.
    """
    return sentence.format(**gaps)
