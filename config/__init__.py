"""How this installation runs; factcheck never imports it."""
