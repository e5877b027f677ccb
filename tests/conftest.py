"""What holds for all tests."""

from hypothesis import settings

# The same examples on every run, and no deadline: a slow machine is no failure.
settings.register_profile("policysite", derandomize=True, deadline=None)
# For what the incremental build is proven by: hundreds of edits, others on every run.
settings.register_profile("long", derandomize=False, deadline=None)
settings.load_profile("policysite")
