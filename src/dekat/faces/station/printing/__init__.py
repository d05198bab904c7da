"""Print and hand over: the papers of this kecamatan, sheet by sheet."""
