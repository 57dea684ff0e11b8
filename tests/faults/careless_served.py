"""The control: the usual design with Redis, where the message is the queue. A test double, used by one test.

A worker pops an article from a list in Redis, sets its status, stores each statement as it comes, and sets the status
again; on start it takes up what it finds running. Flushed or killed at the wrong moment it loses articles or stores
statements twice.
"""

import socket
import sys
import time

import psycopg

from factcheck import engine

TABLES = """
CREATE TABLE IF NOT EXISTS article (id integer PRIMARY KEY, text text, status text);
CREATE TABLE IF NOT EXISTS statement (article integer, start integer);
"""


def pop(port: int) -> int | None:
    """Take the next article from the list; None where it is empty or Redis is away."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
            line.sendall(b"LPOP articles\r\n")
            answer = line.recv(100).decode().split("\r\n")
    except OSError:
        return None
    return int(answer[1]) if answer[0].startswith("$") and answer[0] != "$-1" else None


def push(port: int, articles: range) -> None:
    """Queue articles."""
    with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
        line.sendall(f"RPUSH articles {' '.join(map(str, articles))}\r\n".encode())
        line.recv(100)


def work(url: str, port: int) -> None:
    """Do what is queued until killed."""
    database = psycopg.connect(url, autocommit=True)
    left = database.execute("SELECT id FROM article WHERE status = 'running' AND id % 2 = 0").fetchall()
    waiting = [number for (number,) in left]
    while True:
        number = waiting.pop() if waiting else pop(port)
        if number is None:
            time.sleep(0.1)
            continue
        database.execute("UPDATE article SET status = 'running' WHERE id = %s", (number,))
        row = database.execute("SELECT text FROM article WHERE id = %s", (number,)).fetchone()
        assert row is not None
        for statement in engine.extract(engine.Article(str(number), row[0]), models=engine.Models(None)).statements:
            database.execute("INSERT INTO statement VALUES (%s, %s)", (number, statement.content.start))
            time.sleep(0.02)  # what a slow model or a busy disk does
        database.execute("UPDATE article SET status = 'done' WHERE id = %s", (number,))


def violations(url: str) -> list[str]:
    """What was lost and what was doubled."""
    with psycopg.connect(url, autocommit=True) as database:
        lost = database.execute("SELECT id FROM article WHERE status <> 'done'").fetchall()
        doubled = database.execute("SELECT article, start FROM statement GROUP BY 1, 2 HAVING count(*) > 1").fetchall()
    return [f"lost {row}" for row in lost] + [f"doubled {row}" for row in doubled]


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]))
