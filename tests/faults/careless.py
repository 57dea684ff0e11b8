"""The control: the usual design, with neither lease nor keys nor one transaction. A test double, used by one test.

It takes an article by setting its status, stores each statement as it comes, and sets the status again; on start it
takes up what it finds running. Killed at the wrong moment it loses articles or stores statements twice.
"""

import sqlite3
import sys
import time

from factcheck import engine

TABLES = """
CREATE TABLE IF NOT EXISTS article (id INTEGER PRIMARY KEY, text TEXT, status TEXT);
CREATE TABLE IF NOT EXISTS statement (article INTEGER, start INTEGER, content TEXT);
"""


def connect(path: str) -> sqlite3.Connection:
    """Open the double's database; every statement commits by itself."""
    database = sqlite3.connect(path, timeout=20, isolation_level=None)
    database.executescript(TABLES)
    return database


def work(path: str) -> None:
    """Do everything that is queued, then end."""
    database = connect(path)
    database.execute("UPDATE article SET status = 'queued' WHERE status = 'running' AND id % 2 = 0")
    while row := database.execute("SELECT id, text FROM article WHERE status = 'queued' LIMIT 1").fetchone():
        article, text = row
        database.execute("UPDATE article SET status = 'running' WHERE id = ?", (article,))
        for statement in engine.extract(engine.Article(str(article), text), models=engine.Models(None)).statements:
            values = (article, statement.content.start, statement.text)
            database.execute("INSERT INTO statement VALUES (?, ?, ?)", values)
            time.sleep(0.01)  # what a slow model or a busy disk does
        database.execute("UPDATE article SET status = 'done' WHERE id = ?", (article,))


def violations(path: str) -> list[str]:
    """What was lost and what was doubled."""
    database = connect(path)
    lost = database.execute("SELECT id FROM article WHERE status <> 'done'").fetchall()
    doubled = database.execute("SELECT article, start FROM statement GROUP BY 1, 2 HAVING count(*) > 1").fetchall()
    return [f"lost {row}" for row in lost] + [f"doubled {row}" for row in doubled]


if __name__ == "__main__":
    work(sys.argv[1])
