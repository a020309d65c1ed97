"""Blocks and videos as visitors meet them."""

import pytest
from bs4 import BeautifulSoup

from page_types.models import ArticlePage
from tests.page_types.samples_b import SAMPLES, told_blocks


@pytest.mark.parametrize("name", SAMPLES)
def test_page_and_list_show_all_that_a_type_says(ledger, client, name):
    sample = SAMPLES[name]
    page = sample(ledger)
    path = f"/{sample.column(ledger)}/"
    shown = client.get(f"{path}{page.slug}/").content.decode()
    for words in (sample.title, *sample.shows):
        assert words in shown, words
    listed = client.get(path).content.decode()
    for words in sample.lists:
        assert words in listed, words


def test_what_blocks_promise_without_script(ledger, client):
    page = ledger.article("news", "各种内容", body=told_blocks(ledger))
    soup = BeautifulSoup(client.get(f"/news/{page.slug}/").content, "html.parser")
    video = soup.find("video")
    assert (
        video["preload"] == "none" and "autoplay" not in video.attrs and "controls" in video.attrs
    )
    assert video["poster"].startswith("/media/") and video.source["type"] == "video/mp4"
    assert "视频里说的话" in soup.find("details", class_="transcript").get_text()
    # What a block shows is not listed a second time among the attachments.
    assert [a.get_text() for a in soup.select(".files a")] == ["附件一"]
    links = soup.select(".gallery a")
    assert len(links) == 2
    for link in links:  # enlarged by an ordinary link
        assert client.get(link["href"]).status_code == 200
        assert link.img["alt"] and link.img["width"] and link.img["height"]
    assert "注意" in soup.select_one(".callout").get_text()


@pytest.fixture
def video(ledger):
    """The address of a public video of ten bytes."""
    document = ledger.document("片.webm", b"0123456789")
    value = {"video": document, "title": "片", "poster": None, "transcript": "<p>字</p>"}
    ledger.article("news", "带视频", model=ArticlePage, body=[("video", value)])
    return f"/documents/{document.pk}/"


def test_a_video_is_played_not_downloaded(video, client):
    answer = client.get(video)
    assert answer.status_code == 200 and b"".join(answer) == b"0123456789"
    assert answer["Content-Type"] == "video/webm" and answer["Accept-Ranges"] == "bytes"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


RANGES = [
    ("bytes=0-3", 206, "bytes 0-3/10", b"0123"),
    ("bytes=4-", 206, "bytes 4-9/10", b"456789"),
    ("bytes=-3", 206, "bytes 7-9/10", b"789"),
    ("bytes=-99", 206, "bytes 0-9/10", b"0123456789"),
    ("bytes=8-99", 206, "bytes 8-9/10", b"89"),
    ("bytes=10-", 416, "bytes */10", b""),
    ("bytes=-0", 416, "bytes */10", b""),
    ("bytes=5-2", 200, None, b"0123456789"),
    ("bytes=0-1,4-5", 200, None, b"0123456789"),
    ("bytes=-", 200, None, b"0123456789"),
    ("bytes=\u0663-", 200, None, b"0123456789"),
    (f"bytes={'9' * 99}-", 200, None, b"0123456789"),
    ("pages=1-2", 200, None, b"0123456789"),
]


def test_ranges_of_a_video(video, client):
    for asked, code, given, content in RANGES:
        answer = client.get(video, headers={"Range": asked})
        assert (answer.status_code, answer.get("Content-Range")) == (code, given), asked
        assert (b"".join(answer) if answer.streaming else answer.content) == content, asked
        assert int(answer["Content-Length"]) == len(content), asked


def test_a_range_of_another_version_gives_the_whole_file(video, client):
    tag = client.get(video)["ETag"]
    same = client.get(video, headers={"Range": "bytes=0-1", "If-Range": tag})
    other = client.get(video, headers={"Range": "bytes=0-1", "If-Range": '"other"'})
    assert (same.status_code, other.status_code) == (206, 200)
    assert client.head(video, headers={"Range": "bytes=0-1"}).status_code == 200


def test_other_files_are_still_downloads(ledger, client):
    document = ledger.document("页.html", b"<script>1</script>")
    value = [{"document": document, "title": "页"}]
    ledger.article("news", "带附件", model=ArticlePage, body=[("attachments", value)])
    answer = client.get(f"/documents/{document.pk}/", headers={"Range": "bytes=0-1"})
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
