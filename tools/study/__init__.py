"""Check the study data, and prepare it for notebooks."""
