"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# No deadline: a slow machine is no failure.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same examples on every run.
settings.register_profile("policysite", _PATIENT, derandomize=True)
# For what the incremental build is proven by: hundreds of edits, others on every run.
settings.register_profile("long", _PATIENT, derandomize=False)
settings.load_profile("policysite")
