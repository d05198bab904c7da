"""Every kecamatan's machine: let in, watched, given a new key, revoked."""
