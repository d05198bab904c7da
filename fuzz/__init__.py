"""Coverage-guided fuzzing of everything that reads bytes from a line, a stick, a device or another office."""
