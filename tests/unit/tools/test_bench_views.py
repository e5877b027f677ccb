"""What `bench-views` calls a fault."""

from __future__ import annotations

from policysite.tools.bench_views import Measured, judge


def measured(lines: int, seconds: float, cpu: float, memory: float = 600) -> Measured:
    return Measured("JSON", lines, lines * 300, seconds, cpu, 1, memory)


def test_the_clock_decides_on_a_quiet_machine_and_the_processors_on_a_busy_one() -> None:
    late = measured(10_000_000, seconds=12, cpu=16)
    assert [*judge(late, is_busy=True)] == []
    assert [*judge(late, is_busy=False)] == ["JSON：每秒统计 833,333 行，应不低于 1,000,000 行"]
    assert len([*judge(measured(10_000_000, seconds=30, cpu=21), is_busy=True)]) == 1


def test_speed_is_asked_of_many_lines_and_memory_of_any() -> None:
    assert [*judge(measured(1_000_000, seconds=9, cpu=9), is_busy=False)] == []
    (said,) = judge(measured(1_000_000, seconds=9, cpu=9, memory=1100), is_busy=False)
    assert "1100 MB" in said
