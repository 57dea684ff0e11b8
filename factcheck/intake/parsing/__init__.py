"""Files and pages become documents: each is parsed in a child process of its own, which may die of it."""
