"""The control: the usual poller. A test double, used by one test.

It keeps the ETag as soon as it has it, looks whether an item's guid is there, then adds it; nothing is one transaction,
and nobody holds a feed. Killed or side by side it loses items, which the server does not send again, or doubles them.
"""

import http.client
import re
import sqlite3
import sys
import time

TABLES = """
CREATE TABLE IF NOT EXISTS feed (number INTEGER PRIMARY KEY, etag TEXT DEFAULT '');
CREATE TABLE IF NOT EXISTS article (feed INTEGER, guid TEXT, title TEXT);
"""


def connect(path: str) -> sqlite3.Connection:
    """Open the double's database; every statement commits by itself."""
    database = sqlite3.connect(path, timeout=20, isolation_level=None)
    database.executescript(TABLES)
    return database


def poll_all(path: str, port: int) -> None:
    """Poll every feed once."""
    database = connect(path)
    for number, etag in database.execute("SELECT number, etag FROM feed").fetchall():
        server = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        server.request("GET", "/feed", headers={"Host": f"feed{number}.example:{port}", "If-None-Match": etag})
        answer = server.getresponse()
        try:
            text = answer.read().decode()
        except http.client.IncompleteRead:
            continue
        if answer.status == http.client.OK:
            database.execute("UPDATE feed SET etag = ? WHERE number = ?", (answer.headers["ETag"], number))
            for guid, title in re.findall(r"<guid[^>]*>(.*?)</guid>.*?<title>(.*?)</title>", text):
                _add(database, number, guid, title)


def _add(database: sqlite3.Connection, number: int, guid: str, title: str) -> None:
    known = database.execute("SELECT 1 FROM article WHERE feed = ? AND guid = ?", (number, guid)).fetchone()
    time.sleep(0.01)  # what a parser or a busy disk does
    if known is None:
        database.execute("INSERT INTO article VALUES (?, ?, ?)", (number, guid, title))


def violations(path: str, marks: set[str]) -> list[str]:
    """What was lost and what was doubled."""
    titles = [row[0].split(" ")[0] for row in connect(path).execute("SELECT title FROM article").fetchall()]
    lost = [f"lost {mark}" for mark in sorted(marks - set(titles))]
    return lost + [f"doubled {mark}" for mark in sorted(marks) if titles.count(mark) > 1]


if __name__ == "__main__":
    poll_all(sys.argv[1], int(sys.argv[2]))
