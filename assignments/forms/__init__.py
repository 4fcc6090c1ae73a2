"""What pages take in: one module a subject."""
