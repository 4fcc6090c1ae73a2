"""What is done with people and classes: functions named `verb_noun`, keyword arguments only."""
