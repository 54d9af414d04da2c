"""The cards of the course for other programs: Anki, org-drill, text, paper."""
