"""The embedded database: SQLCipher behind Django's SQLite backend, and one queue for writers."""
