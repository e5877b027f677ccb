"""The engine never lies: what is broken, foreign or gone is noticed, and the rest is found."""

import json
from pathlib import Path

import pytest

from policysite.search.checked import MANIFEST_SEED, checked_json
from policysite.tools import bench_search
from tests.browser.search.served import (
    HARMS,
    THEME,
    TITLES,
    Served,
    Server,
    fuzz,
    site_of,
)


@pytest.mark.parametrize("harm", [*HARMS, "foreign"])
def test_a_damaged_file_is_noticed_and_the_rest_is_still_found(
    gibberish: Served, harm: str
) -> None:
    whole = fuzz(gibberish, {})
    assert all(found["hits"] and not found["damaged"] for found in whole)
    manifest = json.loads(
        gibberish.page.request.get(f"{gibberish.address}/search/manifest.json").text()
    )
    changed = 0
    for segment in manifest["segments"]:
        editions = [segment["shards"][n : n + 4] for n in range(0, len(segment["shards"]), 4)]
        names = [f"{segment['name']}/{n:x}.{edition}.bin" for n, edition in enumerate(editions)]
        facets = f"{segment['name']}/facets.{segment['facets']}.json"
        for n, name in enumerate([*names[:6], facets]):
            other = names[(n + 1) % len(names)]
            done = fuzz(gibberish, {name: f"foreign {other}" if harm == "foreign" else harm})
            assert isinstance(done, list), done
            for right, found in zip(whole, done, strict=True):
                assert found["damaged"] or found == right
                changed += found != right
    assert changed


@pytest.mark.parametrize("harm", HARMS)
def test_records_that_cannot_be_read_are_missing_and_not_wrong(
    gibberish: Served, harm: str
) -> None:
    whole, done = fuzz(gibberish, {}), fuzz(gibberish, {"records": harm})
    assert isinstance(done, list), done
    for right, found in zip(whole, done, strict=True):
        assert found["strict"] == right["strict"]
        assert {url for url in found["hits"] if url} <= set(right["hits"])
        assert None in found["hits"]


@pytest.mark.parametrize("harm", HARMS)
def test_a_broken_manifest_is_an_error_with_a_name(gibberish: Served, harm: str) -> None:
    done = fuzz(gibberish, {"manifest.json": harm})
    assert (done["name"], done["kind"]) == (
        "IndexError", "missing" if harm in ("missing", "offline") else "damaged"
    )  # fmt: skip


def test_an_index_of_another_format_is_an_error_with_a_name(titles: Served) -> None:
    manifest = checked_json({"version": 0, "segments": []}, MANIFEST_SEED).decode()
    kind = titles.page.evaluate(
        """async ([script, manifest]) => {
          const { openIndex } = await import(script);
          const get = async () => new Response(manifest);
          return openIndex("/search/", { get }).catch((error) => error.kind);
        }""",
        [titles.script, manifest],
    )
    assert kind == "version"


def test_an_index_published_anew_meanwhile_is_read_anew(serve: Server, tmp_path: Path) -> None:
    served = serve(site_of(tmp_path / "a", TITLES[:5]))
    bench_search.write_site(site_of(tmp_path / "b", TITLES), THEME, served.folder)
    found = served.ask("劳动争议")
    assert found["hits"] == ["/2026/a5.html", "/2026/a6.html"]
    assert not found["damaged"]
