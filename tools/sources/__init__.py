"""Hold the sources to the rules of STYLE.md: `python -m tools.sources`."""
