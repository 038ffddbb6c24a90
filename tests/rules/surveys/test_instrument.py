"""Items of one stem are one topic; the oldest codes keep their meaning."""

from sqm.rules.surveys.instrument import Facet, pairs, stem_of, topics


def test_the_last_part_of_a_code_is_its_facet() -> None:
    assert stem_of("stores.waiting_time.expectation", "expectation") == ("stores.waiting_time", Facet.EXPECTATION)
    assert stem_of("stores.expectation", "expectation") == ("stores", Facet.EXPECTATION)
    assert stem_of("stores.overall", "process") == ("stores", Facet.PERCEPTION)
    assert stem_of("overall.overall", "overall") == ("overall", Facet.PERCEPTION)


def test_an_item_whose_code_does_not_say_its_facet_stands_alone() -> None:
    assert stem_of("kiosk.q7", "expectation") == ("kiosk.q7", Facet.EXPECTATION)
    assert stem_of("stores.waiting", "item") == ("stores.waiting", None)


def test_topics_put_the_facets_of_a_stem_together_in_order() -> None:
    found = topics(
        [
            ("hotline.overall", "process", "hotline"),
            ("stores.queue.expectation", "expectation", "stores"),
            ("stores.queue.perception", "perception", "stores"),
            ("stores.queue", "item", "stores"),
            ("hotline.expectation", "expectation", "hotline"),
            ("stores.desk.expectation", "expectation", "stores"),
        ]
    )
    assert [topic.stem for topic in found] == ["hotline", "stores.queue", "stores.desk"]
    assert [topic.stem for topic in pairs(found)] == ["hotline", "stores.queue"]
    assert found[1].items == {
        Facet.EXPECTATION: "stores.queue.expectation",
        Facet.PERCEPTION: "stores.queue.perception",
    }
    assert found[0].process == "hotline"
