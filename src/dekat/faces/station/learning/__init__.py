"""Learning to record: lessons, practice with nobody real, the quiz, and the officer who watched."""
