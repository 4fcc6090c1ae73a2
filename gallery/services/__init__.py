"""Acts of judging and showing. Import from the module of the subject."""
