"""MOSIP Secure Biometric Interface 0.9.5 for registration: client, trust, and an emulator that behaves like devices."""
