"""What comes after a deploy: verification, purging, the report; and who says it."""

from __future__ import annotations

import sys
from argparse import Namespace

from policysite.deploy.deployer import Outcome
from policysite.deploy.messages import RUN, VERIFY
from policysite.deploy.patience import PatientStore
from policysite.deploy.plan import Plan
from policysite.deploy.report import plan_as_dict
from policysite.deploy.state import load_entries
from policysite.deploy.store import Store


def warn(text: str) -> None:
    """Say what must be seen even in a quiet run."""
    print(text, file=sys.stderr, flush=True)


def tell(given: Namespace, text: str) -> None:
    """Say something to a person."""
    if not given.quiet:
        print(text, flush=True)


def summary(outcome: Outcome, store: PatientStore, seconds: float) -> str:
    """Return one line on a deploy that is done."""
    tally = store.tally
    return RUN["done"].format(
        generation=outcome.state.generation,
        requests=tally.requests,
        retries=tally.retries,
        seconds=seconds,
    )


def report(
    outcome: Outcome, store: PatientStore, seconds: float, faults: list[str], notes: list[str]
) -> dict[str, object]:
    """Return all about a deploy, for other programs."""
    return {
        "generation": outcome.state.generation,
        "digest": outcome.state.digest,
        "plan": plan_as_dict(outcome.plan),
        "foreign": sorted(outcome.foreign),
        "requests": store.tally.requests,
        "retries": store.tally.retries,
        "seconds": round(seconds, 3),
        "faults": faults,
        "purge": notes,
    }


def verify(given: Namespace, store: Store, outcome: Outcome) -> list[str]:
    """Look at what was published, as far as asked for; return what is wrong."""
    faults: list[str] = []
    if not given.verify:
        return faults
    # Imported where it is used: most deploys find no change, and shall end in no time.
    from policysite.deploy.verify import (
        SAMPLE,
        public_keys,
        verify_list,
        verify_public,
        verify_sample,
    )

    state = load_entries(outcome.state, store.get)
    if given.verify == "list":
        tell(given, VERIFY["list"].format(count=len(state.entries)))
        faults += verify_list(store, state, outcome.md5)
    if given.verify == "sample":
        tell(given, VERIFY["sample"].format(count=min(SAMPLE, len(state.entries))))
        faults += verify_sample(store, state, seed=state.generation)
    if given.site:
        tell(
            given,
            VERIFY["public"].format(site=given.site, count=len(public_keys(state.entries)) + 1),
        )
        reading = verify_public(given.site, state.entries, outcome.before)
        faults += reading.faults
        for note in reading.notes:
            warn(note)
    bad = VERIFY["bad"].format(count=len(faults))
    warn("\n".join([*faults, bad]) if faults else VERIFY["good"])
    return faults


def purge_changed(given: Namespace, plan: Plan) -> list[str]:
    """Purge the changed addresses, if asked for; return what was said."""
    if not given.purge:
        return []
    from policysite.deploy.purge import changed_addresses, purge

    addresses = changed_addresses(plan, given.site)
    if not addresses:
        return []
    notes = [*purge(given.purge, addresses, given.site, dry_run=given.dry_run)]
    warn("\n".join(notes))
    return notes
