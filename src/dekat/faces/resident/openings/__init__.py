"""A resident asks who opened their data."""
