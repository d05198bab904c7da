"""Judging a device in front of people: what they are told to lay down, and the report they sign."""
