"""Find any person, family or paper, say why, and see everything known of it: `/kantor/cari/…`."""
