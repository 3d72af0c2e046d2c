"""The nouns of fieldkit: frozen dataclasses, standard library only; no clock, no files, no chance."""
