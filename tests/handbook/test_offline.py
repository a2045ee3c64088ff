"""The zip that opens without a network: whole, without itself, the same from the same pages."""

import os
import zipfile

import pytest

from wardround.handbook.offline import pack

PAGE = '<p>Read.<!--online--> <a href="small.zip">Zip</a><!--/online--></p>\n<!--online--><b>x</b>\n<!--/online-->End'


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "guide").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "guide/a.html").write_text("<p>ä</p>", encoding="utf-8")
    (folder / "book.pdf").write_bytes(b"%PDF")
    for name in (".buildinfo", "objects.inv", "404.html", "old.zip"):
        (folder / name).write_bytes(b"x")
    return folder


def test_the_same_pages_give_the_same_bytes_whenever_they_were_written(site, tmp_path):
    (tmp_path / "again").mkdir()
    pack(site, tmp_path / "small.zip")
    for file in site.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    pack(site, tmp_path / "again/small.zip")
    assert (tmp_path / "small.zip").read_bytes() == (tmp_path / "again/small.zip").read_bytes()


def test_it_unpacks_into_one_folder_and_leaves_out_what_only_a_host_needs(site, tmp_path):
    size = pack(site, site / "small.zip")
    with zipfile.ZipFile(site / "small.zip") as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["small/book.pdf", "small/guide/a.html", "small/index.html"]
        assert packed.read("small/guide/a.html").decode() == "<p>ä</p>"
    assert size == (site / "small.zip").stat().st_size


def test_it_does_not_link_to_itself(site, tmp_path):
    pack(site, tmp_path / "small.zip")
    with zipfile.ZipFile(tmp_path / "small.zip") as packed:
        assert packed.read("small/index.html").decode() == "<p>Read.</p>\nEnd"
