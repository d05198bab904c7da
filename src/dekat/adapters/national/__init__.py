"""The national centre: an HTTP client for the regency and a simulated centre for sample regencies and tests."""
