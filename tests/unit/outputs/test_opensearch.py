"""The description that lets browsers search the site from their address bar."""

from xml.etree import ElementTree

from policysite.outputs.opensearch import write_opensearch
from tests.unit.making import SETTINGS

NAMES = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def test_the_address_asks_the_search_page_for_what_was_typed() -> None:
    root = ElementTree.fromstring(write_opensearch(SETTINGS))
    (address,) = root.findall("o:Url", NAMES)
    assert address.attrib == {
        "type": "text/html",
        "template": "https://www.example.org/search/?q={searchTerms}",
    }


def test_a_name_is_as_short_as_the_norm_wants_it() -> None:
    """OpenSearch 1.1: ShortName has at most 16 characters."""
    long = SETTINGS.model_copy(update={"name": "示例省" * 8})
    root = ElementTree.fromstring(write_opensearch(long))
    assert root.findtext("o:ShortName", "", NAMES) == "示例省示例省示例省示例省示例省示"
    short = long.model_copy(update={"short_name": "省总工会"})
    root = ElementTree.fromstring(write_opensearch(short))
    assert root.findtext("o:ShortName", "", NAMES) == "省总工会"
