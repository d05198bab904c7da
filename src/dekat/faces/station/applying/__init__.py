"""Apply at the desk: for residents without a phone, with or without the line."""
