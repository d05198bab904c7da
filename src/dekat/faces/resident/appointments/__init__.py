"""Appointments from home: choose a kecamatan that serves, a day and a half hour; keep a code; give it back."""
