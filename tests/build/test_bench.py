"""`bench`: a small race, without the other generators."""

from pathlib import Path

from policysite.tools.bench.race import our_sites, run_race
from policysite.tools.bench.report import table


def test_a_small_race_measures_our_site_and_finds_it_whole_in_both_forms(tmp_path: Path) -> None:
    said: list[str] = []
    results = run_race(our_sites(), 20, 1, tmp_path, said.append, ("title",))
    assert set(results.taken) == {("policysite-plain", "title"), ("policysite", "title")}
    assert all(taken.cpu > 0 for runs in results.taken.values() for taken in runs)
    assert "改一篇的标题" in table(results)
    assert said
