"""From a seed to exercises and a rotation: the same seed gives the same course on every machine."""
