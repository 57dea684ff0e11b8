"""The one way out: everything that Factcheck fetches or sends goes through here."""
