"""A mail server and a text gateway that deliver nowhere: for tests and for the sample regency."""
