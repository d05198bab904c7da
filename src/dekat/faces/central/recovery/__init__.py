"""A station whose passwords are all lost: two officers of the centre give its key back under a one-time code."""
