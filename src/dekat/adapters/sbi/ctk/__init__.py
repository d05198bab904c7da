"""MOSIP's conformance definitions (CTK, MPL-2.0), read from a folder and asked of a device; nothing of them is kept."""
