"""SQLite with its writers in a fair row; see base."""
