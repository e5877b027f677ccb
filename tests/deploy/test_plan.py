"""The plan: a pure function of what is wanted, what is there and the day."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policysite.deploy.entries import Entry, Headers, digest_of
from policysite.deploy.plan import (
    GRACE_SECONDS,
    Group,
    Reason,
    due,
    group_of,
    make_plan,
    too_many_deletes,
)
from policysite.deploy.state import (
    Kept,
    Pending,
    State,
    Untrusted,
    decode,
    encode,
    load_entries,
    with_entries,
)

KEYS = st.sampled_from([
    "index.html", "a.html", "b.html", "feed.xml", "x.json", "assets/s.00000001.css",
    "assets/s.00000002.css", "img.3f2a91c0.avif",
])  # fmt: skip
SITES = st.dictionaries(KEYS, st.sampled_from("abc").map(lambda text: entry(text)))


def entry(text: str, cache: str = "") -> Entry:
    return Entry(text * 64, len(text), Headers("text/html", cache))


def state_of(entries: dict[str, Entry], **more: object) -> State:
    return State(entries=entries, digest=digest_of(entries), **more)  # type: ignore[arg-type]


def test_each_object_has_its_reason() -> None:
    old = {"same.html": entry("a"), "text.html": entry("a"), "head.html": entry("a")}
    old |= {"gone.html": entry("a"), "torn.html": entry("a")}
    new = {"same.html": entry("a"), "text.html": entry("b"), "head.html": entry("a", "x")}
    new |= {"new.html": entry("a"), "torn.html": entry("a")}
    pending = Pending(2, "n", frozenset({"torn.html", "half.html"}))
    plan = make_plan(new, state_of(old, pending=pending), now=0)
    assert {change.key: change.reason for change in (*plan.puts, *plan.deletes)} == {
        "text.html": Reason.CONTENT,
        "head.html": Reason.HEADERS,
        "new.html": Reason.NEW,
        "torn.html": Reason.UNKNOWN,
        "gone.html": Reason.REMOVED,
        "half.html": Reason.UNKNOWN,
    }
    assert plan.unchanged == 1


def test_the_order_is_assets_files_pages_feeds_home() -> None:
    keys = ["assets/s.00000001.css", "x.json", "404.html", "sitemap.xml", "index.html"]
    assert [group_of(key) for key in keys] == list(Group)


def test_a_plan_is_in_the_order_in_which_it_is_carried_out() -> None:
    new = {key: entry("a") for key in ("index.html", "b.html", "a.html", "s.00000001.css")}
    plan = make_plan(new, State(), now=0)
    assert [put.key for put in plan.puts] == ["s.00000001.css", "a.html", "b.html", "index.html"]


def test_the_guard_lets_through_a_fifth_and_no_more() -> None:
    old = {f"{number}.html": entry("a") for number in range(100)}
    state = state_of(old)

    def removing(count: int) -> int | None:
        new = dict(list(old.items())[count:])
        return too_many_deletes(make_plan(new, state, now=0), state, None)

    assert removing(20) is None
    assert removing(21) == 20
    new = dict(list(old.items())[90:])
    assert too_many_deletes(make_plan(new, state, now=0), state, 90) is None


def test_assets_that_change_their_names_are_no_loss() -> None:
    old = {f"i/{number}.{number:08x}.avif": entry("a") for number in range(100)}
    plan = make_plan({}, state_of(old), now=0)
    assert plan.removed == 0
    assert len(plan.kept) == 100


def test_a_segment_of_the_search_index_stays_for_pages_that_still_search_it() -> None:
    old = {f"search/b59a47765619/{number:x}.bin": entry("a") for number in range(66)}
    new = {f"search/58caca8b76f9/{number:x}.bin": entry("b") for number in range(66)}
    manifest = {"search/manifest.json": entry("m")}
    plan = make_plan({**new, **manifest}, state_of({**old, **manifest}), now=0)
    assert plan.removed == 0
    assert plan.kept.keys() == old.keys()
    assert {group_of(key) for key in new} == {Group.ASSETS}
    assert group_of("search/manifest.json") is Group.FILES, "names the new segment: comes after it"


def test_an_asset_that_an_interrupted_deploy_left_stays_as_long_as_any_other() -> None:
    asset = "assets/s.00000002.css"
    pending = Pending(1, "n", frozenset({asset, "half.html"}))
    plan = make_plan({}, state_of({}, pending=pending), now=5)
    assert [delete.key for delete in plan.deletes] == ["half.html"]
    assert plan.kept[asset].since == 5
    again = make_plan({asset: entry("a")}, state_of({}, kept=plan.kept), now=6)
    assert [put.key for put in again.puts] == [asset], "whether it is there, nobody knows"


@given(SITES, SITES, st.sets(KEYS), st.integers(0, 2 * GRACE_SECONDS))
def test_carrying_out_a_plan_gives_the_site_and_what_is_kept(
    old: dict[str, Entry], new: dict[str, Entry], torn: set[str], now: int
) -> None:
    pending = Pending(1, "n", frozenset(torn)) if torn else None
    plan = make_plan(new, state_of(old, pending=pending), now)
    there = {key: e for key, e in old.items() if key not in torn}  # torn ones may be anything
    for put in plan.puts:
        there[put.key] = new[put.key]
    for delete in plan.deletes:
        there.pop(delete.key, None)
    assert {key: there.get(key) for key in new} == new
    assert there.keys() <= new.keys() | plan.kept.keys()
    assert not plan.kept.keys() & new.keys()
    assert not {c.key for c in plan.puts} & {c.key for c in plan.deletes}


@given(SITES, SITES)
def test_a_second_plan_has_nothing_to_do_until_the_grace_ends(
    old: dict[str, Entry], new: dict[str, Entry]
) -> None:
    kept = make_plan(new, state_of(old), now=0).kept
    state = state_of(new, kept=kept)
    assert not make_plan(new, state, now=GRACE_SECONDS - 1).keys
    assert {c.key for c in make_plan(new, state, now=GRACE_SECONDS).deletes} == kept.keys()
    assert due(state, GRACE_SECONDS) is bool(kept)


@given(SITES, st.sets(KEYS))
def test_a_state_reads_back_as_it_was_written(entries: dict[str, Entry], torn: set[str]) -> None:
    state = state_of(
        entries,
        generation=7,
        nonce="n",
        kept={"assets/s.00000009.css": Kept(entry("z"), 5)},
        pending=Pending(8, "m", frozenset(torn)),
        previous="p",
        commit="c",
        time=9,
        signature="s",
    )
    assert load_entries(decode(encode(state)), lambda _: None) == state


def test_a_damaged_state_is_not_believed() -> None:
    data = encode(state_of({"a.html": entry("a")}))
    for wrong in (b"", b"{}", data[:-9], data[:20] + b"x" + data[21:], encode(State(digest="x"))):
        try:
            load_entries(decode(wrong), lambda _: None)
        except Untrusted:
            continue
        raise AssertionError(wrong)


def test_a_large_state_is_a_base_and_what_changed_since(monkeypatch: object) -> None:
    import policysite.deploy.state as states

    limit = states.INLINE_LIMIT
    states.INLINE_LIMIT = 10
    try:
        entries = {f"{number}.html": entry("a") for number in range(100)}
        first, base = with_entries(State(), state_of(entries))
        assert base
        changed = {**entries, "3.html": entry("b"), "new.html": entry("c")}
        del changed["5.html"]
        second, none = with_entries(first, state_of(changed))
        assert not none
        assert set(second.changes) == {"3.html", "new.html", "5.html"}
        read = load_entries(decode(encode(second)), lambda _: base)
        assert read.entries == changed
        rewritten, third = with_entries(second, state_of({k: entry("z") for k in changed}))
        assert third
        assert not rewritten.changes
    finally:
        states.INLINE_LIMIT = limit
