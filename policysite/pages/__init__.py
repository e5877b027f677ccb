"""The whole site as values: what every page says, and which template says it."""
