"""Instructions at the station: read, answer the quiz, acknowledge, ask."""
