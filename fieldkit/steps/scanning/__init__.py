"""On the day: pictures of sheets become marks, or wait for a person."""
