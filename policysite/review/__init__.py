"""三审三校: who has to review what, the evidence in git, and whether it holds for today's text."""
