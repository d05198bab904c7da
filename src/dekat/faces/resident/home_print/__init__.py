"""Fetch the papers of an application to print them at home, and the form as it was filled."""
