"""One change to many records: looked at before, written in the background, undone as a whole."""
