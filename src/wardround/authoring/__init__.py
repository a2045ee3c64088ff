"""Tools for those who write exercises: starters made from solutions, mistakes laid over them, and the proof of both."""
