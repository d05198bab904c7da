"""What stands aside at this station, and what to do about it."""
