"""Equipment at the kecamatan: hand-overs to answer, condition, stock-take, what lies on the shelf. All of it offline."""
