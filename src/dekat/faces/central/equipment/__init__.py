"""The equipment register in the office: search by price, contract, serial number, BAST."""
