"""A mapping is a folder of SQL; what is wrong in it is named with its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries import contract
from queries.refresh import files, mapping
from queries.refresh.mapping import MappingError
from tests import small_company

LEADS = {"leads.sql": "select id as lead_id from contacts;\n"}


def load(folder: Path, **names: str) -> mapping.Mapping:
    given = LEADS | {name.replace("_csv", ".csv").replace("_toml", ".toml"): text
                     for name, text in names.items()}  # fmt: skip
    small_company.write(folder / "own", given)
    return mapping.load("own", folder)


def test_identity_is_no_folder(tmp_path: Path) -> None:
    found = mapping.load("identity", tmp_path)
    assert found.is_identity
    assert (found.selects, found.stages, found.formats) == ({}, {}, {})


@pytest.mark.parametrize("name", mapping.shipped()[1:])
def test_each_shipped_mapping_names_only_canonical_relations(name: str, tmp_path: Path) -> None:
    found = mapping.load(name, tmp_path)
    assert found.selects
    assert set(found.selects) <= set(contract.RELATIONS)
    assert set(found.stages.values()) <= set(mapping.STAGE_KEYS)


def test_identity_comes_first_of_the_shipped_ones() -> None:
    assert mapping.shipped()[0] == "identity"
    assert {"maven", "olist"} <= set(mapping.shipped())


def test_a_folder_of_ones_own_is_found_beside_the_app_or_by_its_path(tmp_path: Path) -> None:
    assert load(tmp_path).selects == {"leads": "select id as lead_id from contacts"}
    assert mapping.load(str(tmp_path / "own"), Path("/")).selects == load(tmp_path).selects


def test_a_name_that_is_neither_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"no mapping 'olst'.*\(identity, .*olist.*\)"):
        mapping.load("olst", tmp_path)


def test_a_file_of_no_relation_stops_and_the_nearest_is_named(tmp_path: Path) -> None:
    small_company.write(tmp_path / "own", {"lead.sql": "select 1"})
    with pytest.raises(MappingError, match=r"lead.sql: there is no relation lead; leads.sql\?"):
        mapping.load("own", tmp_path)


def test_a_folder_without_sql_stops(tmp_path: Path) -> None:
    small_company.write(tmp_path / "own", {"stage_map.csv": "source_value,stage_key"})
    with pytest.raises(MappingError, match="own: the folder holds no"):
        mapping.load("own", tmp_path)


def test_labels_of_stages_are_kept_without_blanks_and_in_small_letters(tmp_path: Path) -> None:
    found = load(tmp_path, stage_map_csv="source_value,stage_key\n\tSales Ready \t,sql\nMQL,mql")
    assert found.stages == {"sales ready": "sql", "mql": "mql"}


def test_a_stage_key_that_is_none_stops_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(
        MappingError, match=r"stage_map.csv, line 3: 'sqll' is not one of lead, mql"
    ):
        load(tmp_path, stage_map_csv="source_value,stage_key\nA,mql\nB,sqll")


def test_a_stage_map_without_its_columns_stops(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"stage_map.csv, line 2: '' is not one of"):
        load(tmp_path, stage_map_csv="from;to\nA;mql")


def test_how_csv_files_are_written_is_said_for_all_and_for_one(tmp_path: Path) -> None:
    written = '[csv]\ndelimiter = ";"\n[csv.old]\nencoding = "cp1252"'
    assert load(tmp_path, source_toml=written).formats == {
        "*": files.CsvFormat(delimiter=";"),
        "old": files.CsvFormat(delimiter=";", encoding="cp1252"),
    }


@pytest.mark.parametrize(
    "written", ['[csv]\ndelimeter = ";"', "[csv", "csv = 3", "[cvs]", '[csv]\nquote = ""']
)
def test_a_wrong_source_file_stops_and_says_what_it_takes(tmp_path: Path, written: str) -> None:
    with pytest.raises(MappingError, match=r"source.toml: .*takes delimiter, encoding and quote"):
        load(tmp_path, source_toml=written)


def test_a_file_that_is_not_utf_8_stops_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "leads.sql").write_bytes("select 'Grün' as source".encode("cp1252"))
    with pytest.raises(MappingError, match=r"leads.sql is not UTF-8"):
        mapping.load("own", tmp_path)
