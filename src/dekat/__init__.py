"""Dekat: civil registration and ID services where people live."""
