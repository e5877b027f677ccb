"""What is wrong with a text as text: pure functions from a manuscript's text to findings."""
