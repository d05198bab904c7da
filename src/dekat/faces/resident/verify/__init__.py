"""Check a document: three states for anybody, with the telephone's camera, a typed number or a photo."""
