"""Cards at the kecamatan: count the bag that came, hand each card over after an identity check."""
