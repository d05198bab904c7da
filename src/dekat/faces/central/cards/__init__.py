"""Cards at Dispendukcapil: print queue, blanks, sealed bags."""
