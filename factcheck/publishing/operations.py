"""Migration operations of this room alone."""

from factcheck.ledger.operations import BySql

PUBLICATIONS, WORDS = "publishing_publication", "publishing_publishedwords"


class CopyPlaces(BySql):
    """Give each publication the number of its words, by the database: also where a program of before wrote it.

    What is withdrawn is found by no word any more; it keeps its place, for when it comes back.
    """

    def creation(self, vendor: str) -> list[str]:
        """The SQL that fills what is there and keeps what comes."""
        silence = (
            f"UPDATE {WORDS} SET text = '' WHERE publication_id IN "  # noqa: S608 -- our own tables
            f"(SELECT id FROM {PUBLICATIONS} WHERE state = 'withdrawn')"
        )
        copy = f"UPDATE {PUBLICATIONS} SET place = NEW.id WHERE id = NEW.publication_id;"  # noqa: S608 -- our own tables
        fill = (
            f"UPDATE {PUBLICATIONS} SET place = (SELECT w.id FROM {WORDS} w "  # noqa: S608 -- our own tables
            f"WHERE w.publication_id = {PUBLICATIONS}.id)"
        )
        if vendor == "sqlite":
            return [silence, fill, f"CREATE TRIGGER publication_place_copied AFTER INSERT ON {WORDS} BEGIN {copy} END"]
        body = f"$$ BEGIN {copy} RETURN NULL; END $$"
        call = "FOR EACH ROW EXECUTE FUNCTION publication_place_copied()"
        return [
            silence,
            fill,
            f"CREATE FUNCTION publication_place_copied() RETURNS trigger LANGUAGE plpgsql AS {body}",
            f"CREATE TRIGGER publication_place_copied AFTER INSERT ON {WORDS} {call}",
        ]

    def removal(self, vendor: str) -> list[str]:
        """The SQL that takes the trigger away."""
        if vendor == "sqlite":
            return ["DROP TRIGGER IF EXISTS publication_place_copied"]
        return [
            f"DROP TRIGGER IF EXISTS publication_place_copied ON {WORDS}",
            "DROP FUNCTION IF EXISTS publication_place_copied()",
        ]

    def describe(self) -> str:
        """Say it in a line."""
        return "Give each publication the number of its words as its place"
