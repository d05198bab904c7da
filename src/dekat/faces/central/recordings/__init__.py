"""Recordings as the office sees them: where each stands, since when, who is waited for."""
