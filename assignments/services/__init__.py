"""What people do here: one module a subject, functions named `verb_noun`, keyword arguments only."""
