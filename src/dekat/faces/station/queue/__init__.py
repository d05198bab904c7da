"""The queue of the day: the officer's desk, the screen where numbers are taken, the screen that everybody sees."""
