"""The first page for residents: track, apply, see which kecamatan serves today."""
