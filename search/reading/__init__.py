"""How what people type is read: syllables, keystrokes, sounds, variant characters, numbers, years. Pure."""
