"""The lists of words, the common one and a site's own."""

from pathlib import Path

import pytest

from policysite.lint.rules import lint
from policysite.lint.term_tables import FaultyTerms, common_terms, read_terms
from tests.unit.lint.linting import HEAD

OWN = """
[[term]]
kind = "称谓"
wrong = ["示列省总工会"]
right = "示例省总工会"
reason = "本会的名称"
except = ["原示列省总工会旧址"]

[[allow]]
word = "弱势群体"
reason = "本站的栏目名称"

[[phone]]
number = "138-0000-1234"
reason = "值班手机，本人同意公开"
"""


def found(tmp_path: Path, body: str, own: str = OWN) -> list[str]:
    path = tmp_path / "terms.toml"
    path.write_text(own, "utf-8")
    return [p.code for p in lint(HEAD + body, "a.md", read_terms(path))]


def test_a_site_adds_its_own_words_with_exceptions(tmp_path: Path) -> None:
    assert found(tmp_path, "示列省总工会印发。") == ["T504"]
    assert found(tmp_path, "参观原示列省总工会旧址。") == []


def test_a_site_takes_common_words_back(tmp_path: Path) -> None:
    assert found(tmp_path, "弱势群体") == []
    assert found(tmp_path, "弱势群体", "") == ["T503"]


def test_a_site_names_the_mobiles_that_it_publishes(tmp_path: Path) -> None:
    assert found(tmp_path, "请打13800001234或13800001235。") == ["D603"]


def test_each_word_may_have_a_right_one_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "terms.toml"
    own = '[[term]]\nkind = "错别字"\nwrong = ["甲乙 → 甲已", "丙丁"]\nright = "丙订"\nreason = "形近"\n'
    path.write_text(own, "utf-8")
    said = [str(found) for found in lint(HEAD + "甲乙和丙丁。", "a.md", read_terms(path))]
    assert "应当是“甲已”" in said[0]
    assert "应当是“丙订”" in said[1]


def test_every_typo_of_the_common_list_says_what_is_right() -> None:
    for word, said in common_terms().words:
        if said and said[0] == "T501":
            assert len(said[1]) > 1, word
            assert lint(f"{HEAD}{said[1]}。", "a.md", common_terms()) == [], word


def test_the_common_list_stays(tmp_path: Path) -> None:
    assert found(tmp_path, "截止目前，报帐完毕。") == ["T501", "T501"]


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("[[term]\n", "不符合 TOML 的写法"),
        ('[[term]]\nkind = "错别子"\nwrong = ["甲"]\nreason = "乙"\n', "第1个 [[term]] 的 kind"),
        ('[[term]]\nkind = "禁用"\nwrong = ["甲"]\n', "第1个 [[term]] 的 reason：没有写"),
        ('[[words]]\nkind = "禁用"\n', "[[words]]：没有这一项"),
        ('[[phone]]\nnumber = "12351"\n', "第1个 [[phone]] 的 reason：没有写"),
    ],
)
def test_a_faulty_list_is_explained(tmp_path: Path, own: str, said: str) -> None:
    path = tmp_path / "terms.toml"
    path.write_text(own, "utf-8")
    with pytest.raises(FaultyTerms) as error:
        read_terms(path)
    assert said in str(error.value)


def test_a_list_in_another_encoding_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "terms.toml"
    path.write_bytes("# 词表".encode("gbk"))
    with pytest.raises(FaultyTerms, match="UTF-8"):
        read_terms(path)


def test_no_common_word_is_part_of_its_own_replacement() -> None:
    for word, said in common_terms().words:
        if said and said[1]:
            assert word not in said[1].split("、"), word
