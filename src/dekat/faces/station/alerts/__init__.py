"""How an officer of a kecamatan wants to be told; the centre does the telling."""
