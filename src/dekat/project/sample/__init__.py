"""The sample regency: people who do not exist in places that do, on one machine."""
