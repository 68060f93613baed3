"""Real processes on real servers, and what goes wrong with them (reliability.md 10)."""
