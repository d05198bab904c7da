"""Equipment at the kecamatan, all of it offline: hand-overs to answer, condition, stock-take, the shelf."""
