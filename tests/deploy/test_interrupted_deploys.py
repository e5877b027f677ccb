"""Two deploys at once, lost answers, untrusted states: the site stays whole."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from policysite.deploy.deployer import Options, deploy
from policysite.deploy.lease import Busy, claim_key, take
from policysite.deploy.plan import GRACE_SECONDS, Plan
from policysite.deploy.site_files import check_contents, read_site
from policysite.deploy.state import STATE_KEY, decode, load_entries
from policysite.deploy.store import Refused, StoreError
from tests.deploy.conftest import open_store, write_site
from tests.deploy.fake_store import FakeStore
from tests.deploy.fault_proxy import FaultProxy, Faults
from tests.deploy.publishing import NOW, files_of, publish


def test_a_second_deploy_is_told_that_the_first_is_busy(fake: FakeStore, site: Path) -> None:
    publish(fake, site)
    take(open_store(fake), after=1, seconds=60)
    write_site(site, 2)
    fake.log.clear()
    with pytest.raises(Busy) as busy:
        publish(fake, site, lease=60.0)
    assert 0 < busy.value.seconds <= 60
    own = {key for method, key, _ in fake.log if method in ("PUT", "POST", "DELETE")}
    assert own <= {claim_key(2)}


def test_a_lease_that_ended_is_taken_over(fake: FakeStore, site: Path) -> None:
    publish(fake, site)
    take(open_store(fake), after=1, seconds=60)
    write_site(site, 2)
    outcome = publish(fake, site, lease=0.0)
    assert outcome.state.generation == 3


def test_who_was_silent_for_too_long_stops_writing(aws: FakeStore, site: Path) -> None:
    store = open_store(aws)
    lease = take(store, after=0, seconds=0.0)
    take(store, after=0, seconds=0.0)
    with pytest.raises(Busy):
        lease.check()


def test_a_wrong_clock_of_ours_takes_no_lease_from_others(aws: FakeStore, site: Path) -> None:
    publish(aws, site)
    aws.clock_skew = 800
    take(open_store(aws), after=1, seconds=60)
    aws.clock_skew = -800
    write_site(site, 2)
    aws.objects[claim_key(2)] = type(aws.objects[claim_key(2)])(
        aws.objects[claim_key(2)].data, {}, aws.objects[claim_key(2)].written - 1600
    )
    with pytest.raises(Busy):
        publish(aws, site, lease=60.0)


def test_a_lost_answer_to_a_claim_is_no_foreign_claim(
    fake: FakeStore, site: Path, proxy: FaultProxy
) -> None:
    proxy.faults = Faults(cut_after=0.5, methods=("PUT", "POST"), under="_deploy/gen")
    for version in range(6):
        write_site(site, version)
        publish(fake, site, lease=60.0)
    assert proxy.counts["cut_after"] > 0
    assert decode(fake.objects[STATE_KEY].data).generation == 6


def test_after_a_failure_the_next_deploy_writes_what_may_be_wrong_again(
    fake: FakeStore, site: Path, proxy: FaultProxy
) -> None:
    publish(fake, site)
    write_site(site, 2)
    proxy.faults = Faults(broken=1, methods=("PUT",), under="/feed.xml")
    with pytest.raises(StoreError):
        publish(fake, site)
    proxy.reset()
    # The site goes back to what the state says is there: that is where a manifest alone is wrong.
    write_site(site, 1)
    assert fake.files() != files_of(site)
    publish(fake, site, now=NOW + GRACE_SECONDS)
    publish(fake, site, now=NOW + 2 * GRACE_SECONDS)
    assert fake.files() == files_of(site)


@pytest.mark.parametrize("damage", ["missing", "cut", "changed"])
def test_a_state_that_cannot_be_trusted_deletes_nothing(
    fake: FakeStore, site: Path, damage: str
) -> None:
    publish(fake, site)
    stored = fake.objects.pop(STATE_KEY)
    if damage != "missing":
        data = stored.data[:-20] if damage == "cut" else _with_other_digest(stored.data)
        fake.objects[STATE_KEY] = type(stored)(data, {}, stored.written)
    (site / "2026/001.html").unlink()
    (site / "2026/002.html").write_text("new")
    outcome = publish(fake, site, lease=0.0)
    assert fake.count("DELETE") == 0
    assert outcome.foreign == {"2026/001.html"}
    assert fake.files().items() >= files_of(site).items()


def _with_other_digest(data: bytes) -> bytes:
    import gzip

    value = json.loads(gzip.decompress(data))
    del value["entries"]["2026/003.html"]
    return gzip.compress(json.dumps(value).encode())


def test_foreign_objects_go_only_when_that_is_asked_for(fake: FakeStore, site: Path) -> None:
    publish(fake, site)
    fake.objects["hand-made.html"] = fake.objects["index.html"]
    publish(fake, site, reconcile=True)
    assert "hand-made.html" in fake.files()
    publish(fake, site, reconcile=True, adopt=True)
    assert fake.files() == files_of(site)


def test_reconcile_repairs_what_others_changed(fake: FakeStore, site: Path) -> None:
    publish(fake, site)
    whole = fake.objects["index.html"]
    fake.objects["index.html"] = type(whole)(b"hacked", whole.headers, whole.written)
    del fake.objects["2026/001.html"]
    outcome = publish(fake, site, reconcile=True)
    assert outcome.plan.keys == {"index.html", "2026/001.html"}
    assert fake.files() == files_of(site)


def test_of_three_deployers_at_once_one_wins_and_the_site_is_whole(
    fake: FakeStore, tmp_path: Path
) -> None:
    sites = [write_site(tmp_path / f"site{number}", number) for number in range(3)]
    for _ in range(3):
        won: list[int] = []

        def run(number: int, won: list[int] = won) -> None:
            try:
                publish(fake, sites[number], lease=60.0)
            except Busy:
                return
            won.append(number)

        threads = [threading.Thread(target=run, args=(number,)) for number in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert won
        state = load_entries(decode(fake.objects[STATE_KEY].data), lambda _: None)
        assert {key: fake.files()[key] for key in state.entries} in map(files_of, sites)
        assert fake.files().keys() == state.entries.keys() | state.kept.keys()


def test_each_state_names_the_digest_of_the_one_before(aws: FakeStore, site: Path) -> None:
    from hashlib import sha256

    publish(aws, site)
    first = aws.objects[STATE_KEY].data
    write_site(site, 2)
    publish(aws, site)
    assert decode(aws.objects[STATE_KEY].data).previous == sha256(first).hexdigest()


def test_thirty_percent_refusals_do_not_stop_a_deploy(
    fake: FakeStore, site: Path, proxy: FaultProxy
) -> None:
    proxy.faults = Faults(busy=0.3)
    publish(fake, site)
    assert fake.files() == files_of(site)


def test_a_file_that_changes_during_the_deploy_stops_it(aws: FakeStore, site: Path) -> None:
    def change(_: object) -> None:
        (site / "2026/001.html").write_text("changed")

    with pytest.raises(Refused):
        publish(aws, site, planned=change)
    assert "index.html" not in aws.files()


def test_texts_are_published_as_they_were_when_they_were_checked(
    aws: FakeStore, site: Path
) -> None:
    wanted = files_of(site)
    found = read_site(site, gzip=False)

    def change(plan: Plan) -> None:
        assert not [*check_contents(found, (put.key for put in plan.puts))]
        (site / "2026/001.html").write_text("LTAI" + "5tAbCdEf" * 2)

    deploy(found, open_store(aws), Options(now=NOW, planned=change))
    assert aws.files() == wanted


def test_who_is_stopped_lets_the_next_one_begin_at_once(aws: FakeStore, site: Path) -> None:
    def stop(_: str, __: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(aws, site, progress=stop, lease=60.0)
    publish(aws, site, lease=60.0)
    assert aws.files() == files_of(site)
