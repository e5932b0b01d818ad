from __future__ import annotations

from formextract.registry.labels import OfficeKey, full_label, office_key, offices_from_schools, short_label
from formextract.registry.load import read_offices, read_schools

from .conftest import SAMPLE


def test_one_key_for_all_ways_of_writing_an_old_number() -> None:
    key = OfficeKey("secondary", frozenset(), 28)
    for label in ("สพม.เขต 28(ศรีสะเกษ-ยโสธร)", "สพม. เขต ๒๘", "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา เขต 28"):
        assert office_key(label) == key
    assert office_key("สพม.ศรีสะเกษ ยโสธร") != key


def test_provinces_stand_in_any_order() -> None:
    assert office_key("สพม.ลำปาง-ลำพูน") == office_key("สพม.ลำพูน ลำปาง")


def test_what_is_no_office_has_no_key() -> None:
    assert office_key("เทศบาลนครนครปฐม") is None
    assert office_key("สพป.") is None


def test_labels_of_a_key() -> None:
    assert short_label("สพม.เขต 1(กทม.)") == "สพม.เขต 1"
    assert full_label("สพม.เขต 1") == "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา เขต 1"
    assert full_label("สพป.นครปฐม เขต 2") == "สำนักงานเขตพื้นที่การศึกษาประถมศึกษานครปฐม เขต 2"


def test_offices_can_be_had_from_the_schools_alone() -> None:
    schools = read_schools(SAMPLE / "schools.csv")
    made = {office_key(o.short_name): o for o in offices_from_schools(schools)}
    known = {office_key(o.short_name): o for o in read_offices(SAMPLE / "area_offices.csv")}
    assert made.keys() <= known.keys()
    assert all(o.name == known[k].name for k, o in made.items())
