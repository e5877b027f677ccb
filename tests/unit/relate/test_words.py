"""Segmentation of official prose into content words."""

from pathlib import Path

import policysite.relate
from policysite.relate.words import count_words, split_words

DATA = Path(policysite.relate.__file__).parent


def lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_words_of_union_work_stay_whole() -> None:
    assert count_words("召开职工代表大会，开展工资集体协商，推行厂务公开") == {
        "职工代表大会": 1,
        "工资": 1,
        "集体协商": 1,
        "推行": 1,
        "厂务公开": 1,
    }


def test_every_own_word_is_one_token_in_running_text() -> None:
    for line in lines("words.txt"):
        word = line.split()[0]
        assert word in split_words(f"关于{word}的意见"), word


def test_a_short_form_counts_as_the_full_form() -> None:
    assert count_words("职代会和职工代表大会") == {"职工代表大会": 2}


def test_formulae_of_official_documents_do_not_count() -> None:
    assert count_words("第十二条 本办法所称单位应当依照有关规定执行，现将有关事项通知如下。") == {}


def test_numbers_and_dates_do_not_count() -> None:
    assert count_words("2026年11月22日，百分之三十，第一百零五条，3.5万元，二十余个") == {}


def test_single_characters_and_punctuation_do_not_count() -> None:
    assert count_words("的、是（了）——《》## | <>") == {}


def test_latin_names_count_without_regard_to_case() -> None:
    assert count_words("App、APP 和 app") == {"app": 3}


def test_every_stop_word_is_a_token_that_the_segmenter_yields() -> None:
    split = [word for line in lines("stop_words.txt") for word in line.split()]
    assert [word for word in split if split_words(word) != [word]] == []


def test_no_stop_word_is_listed_twice() -> None:
    words = [word for line in lines("stop_words.txt") for word in line.split()]
    assert len(words) == len(set(words))


def test_parts_of_a_split_text_give_it_back() -> None:
    text = "关于印发《示例省职工疗休养办法》的通知（2026年修订）"
    assert "".join(split_words(text)) == text
