"""The outcome of a vote in one sentence, for console, screen, paper, and `python -m db recount` alike."""
