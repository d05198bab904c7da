"""E-mail by SMTP, with Django's own mail."""
