"""Pictures of the tools at work, for docs/editing.md."""
