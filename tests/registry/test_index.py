from __future__ import annotations

import pickle

from formextract.registry.index import RegistryIndex
from formextract.registry.labels import office_key
from formextract.registry.match import match_school


def test_blocks_hold_every_school_once_for_each_office(index: RegistryIndex) -> None:
    for i, school in enumerate(index.schools):
        for label in (school.area_office, *school.former_offices):
            key = office_key(label)
            assert key is not None
            assert index.blocks[key].members.count(i) == 1
        assert i in index.by_key[index.names[i].key]


def test_near_finds_misread_names_in_the_whole_country(index: RegistryIndex) -> None:
    at = index.near("บ้านวังบกแอน")[0]
    assert index.schools[at].name == "บ้านวังนกแอ่น"
    assert index.near("") == []


def test_index_survives_pickling(index: RegistryIndex) -> None:
    again = pickle.loads(pickle.dumps(index))
    name, office = "โรงเรียนบ้านวังนกแอน", "สพป.พิษณุโลก เขต 2"
    assert match_school(name, again, area_office=office) == match_school(name, index, area_office=office)
