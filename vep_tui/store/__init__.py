"""What we know, in SQLite: the mirror of GitHub (rebuildable) and the outbox (never lost); never a network."""
