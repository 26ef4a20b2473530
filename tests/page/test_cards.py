"""The card of somebody or something: names, class, posts, statements by relation, claims."""

from __future__ import annotations

import pytest

from tests.page.visits import Visit, address, data
from tests.page_knowledge import FAIR, PEREIRA

DATA = data()
NODES = {one["id"]: one for one in DATA["nodes"]}
ANA, GUILD = "id/ana-pereira", "id/harbour-guild"
BY_ANA = {one["object"]["id"] for one in DATA["statements"] if one["drawn"] == "folded" and one["card"] == ANA}


def test_a_click_on_a_node_shows_its_card(seen: Visit) -> None:
    seen.click_node(ANA)
    shown = seen.panel()
    for words in (
        "Ana Pereira",
        "person",
        "佩雷拉",
        "attended →",
        "spoke at →",
        "member of →",
        "3 claims",
        PEREIRA.iri,
    ):
        assert words in shown
    assert address(node=ANA) in seen.page.url
    assert seen.network("getSelectedNodes()") == [ANA]


def test_a_click_beside_all_nodes_closes_the_card(seen: Visit) -> None:
    seen.click_node(ANA)
    box = seen.page.locator("#canvas").bounding_box()
    assert box
    seen.page.mouse.click(box["x"] + 8, box["y"] + 8)
    assert seen.page.text_content("#panel h2") == "How to read this"
    assert seen.lit() is None


def test_posts_are_a_timeline_that_says_which_ends_are_unknown(seen: Visit) -> None:
    seen.go(address(node=ANA))
    posts = seen.page.locator("#panel .posts li")
    assert [post.get_attribute("class") for post in posts.all()] == ["asserted", "former"]
    first, second = (" ".join(text.split()) for text in posts.all_inner_texts())
    assert first.startswith("minister of Ministry of Tides and Harbours as of 2024-05-17; begin and end not told")
    assert "deputy minister of Ministry of Tides and Harbours former" in second
    assert "as of a day that no document tells; begin and end not told" in second
    # From the other side: who held them.
    seen.go(address(node="id/ministry-of-tides"))
    assert posts.count() == 2
    assert "minister: Ana Pereira" in " ".join(posts.first.inner_text().split())
    posts.first.get_by_role("button", name="minister", exact=True).click()
    assert seen.page.inner_text("#panel .eyebrow .status") == "asserted"
    assert "minister of" in seen.page.inner_text("#panel h2")


@pytest.mark.parametrize(
    ("node", "when"),
    [("id/second-tea-expo", "2024-05-16 to 2024-05-19"), ("id/tide-fair", "from 2024-06-01, end not told")],
    ids=["both ends", "only a begin"],
)
def test_the_card_of_an_event_says_when(seen: Visit, node: str, when: str) -> None:
    seen.go(address(node=node))
    assert seen.page.locator("#panel .facts dd").first.inner_text() == when


@pytest.mark.parametrize("node", [one["id"] for one in DATA["nodes"] if not one["words"]])
def test_a_card_holds_all_statements_about_a_node_each_once(seen: Visit, node: str) -> None:
    seen.go(address(node=node))
    assert seen.page.text_content("#panel h2") == NODES[node]["label"]
    mine = [
        one
        for one in DATA["statements"]
        if node == one["card"]
        or node in {one[end]["id"] for end in ("subject", "object") if one[end]["kind"] == "node"}
    ]
    # A post has two lines in its entry: the post and the body; each other statement has one.
    assert seen.page.locator("#panel .posts li, #panel .lines > li").count() == len(mine)
    headings = {text.split(" (")[0] for text in seen.page.locator("#panel h3").all_text_contents()}
    for one in mine:
        if one["family"] == "holdsPost":
            assert "Posts" in headings
        elif one["drawn"] == "folded":
            assert one["relation"] in headings
        else:
            assert f"{one['relation']} →" in headings if one["about"] == node else f"← {one['relation']}" in headings


def test_a_line_of_a_card_leads_to_the_other_side_and_back(seen: Visit) -> None:
    seen.go(address(node=ANA))
    seen.page.locator("#panel .lines").get_by_role("button", name="second").first.click()
    assert seen.page.inner_text("#panel .eyebrow").startswith("Statement")
    seen.page.locator("#panel h2").get_by_role("button", name="second").click()
    assert seen.page.text_content("#panel h2") == NODES["id/second-tea-expo"]["label"]


def test_claims_are_folded_into_a_count_opened_in_the_graph_and_folded_again(seen: Visit) -> None:
    before = seen.sees()
    assert not BY_ANA & set(before["nodes"])
    assert [node["lines"][-1] for node in drawing(seen) if node["id"] in (ANA, GUILD)] == ["3 claims", "2 claims"]
    seen.click_node(ANA)
    button = seen.page.get_by_role("button", name="Open in the graph")
    button.click()
    assert set(seen.network("body.data.nodes.getIds()")) == set(before["nodes"]) | BY_ANA
    assert seen.lit() is not None
    assert (seen.lit() or ())[0] == {ANA, *BY_ANA}
    fold = seen.page.get_by_role("button", name="Fold the claims")
    assert fold.get_attribute("aria-pressed") == "true"
    # The keyboard stays where it was.
    assert fold.evaluate("button => button === document.activeElement")
    # A claim has its own card: whose, in whole words, as of when.
    (words,) = [one for one in BY_ANA if NODES[one]["words"] == "longer piers"]
    seen.click_node(words)
    card = seen.panel()
    for some in ("longer piers", "proposed by", "Ana Pereira", "as of", "not told"):
        assert some in card
    seen.page.go_back()
    fold.click()
    assert seen.sees()["nodes"] == before["nodes"]
    assert seen.sees()["arrows"] == before["arrows"]


def drawing(seen: Visit) -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = seen.page.evaluate(
        "JSON.parse(document.getElementById('drawing').textContent).nodes"
    )
    return found


def test_only_one_has_its_claims_open(seen: Visit) -> None:
    seen.go(address(node=ANA, open=ANA))
    seen.go(address(node=GUILD, open=ANA))
    seen.page.get_by_role("button", name="Open in the graph").click()
    claims = {one for one in seen.network("body.data.nodes.getIds()") if NODES[one]["words"]}
    assert {NODES[one]["words"] for one in claims} == {"cheaper tea", "lower piers"}


def test_a_candidate_says_that_nobody_has_looked_at_it(seen: Visit) -> None:
    seen.go(address(node="id/news/alliance"))
    assert "no curator has looked at it yet" in seen.panel()
    seen.go(address(node=FAIR.iri.removeprefix("https://kg.example.org/")))
    assert "curator" not in seen.panel()


def test_a_card_says_that_the_filters_hide_it_and_the_way_back(seen: Visit) -> None:
    seen.go(address(node=ANA, no_class="Person"))
    assert "Hidden by the filters." in seen.panel()
    assert ANA not in seen.network("body.data.nodes.getIds()")
    seen.page.locator("#panel").get_by_role("button", name="Clear filters").click()
    assert "Hidden by the filters." not in seen.panel()
    assert ANA in seen.network("body.data.nodes.getIds()")
