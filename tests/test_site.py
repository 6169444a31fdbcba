"""The site: what its pages hold, that nothing of a user's becomes markup, and that folders are written with care."""

from __future__ import annotations

import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from shell import BAD, GOOD, Out, in_folder, put, run  # noqa: F401 - in_folder is a fixture

import archkit
from archkit.cache import Cache
from archkit.files import FileError
from archkit.site.build import FIRST, site
from archkit.site.colours import looks, style_sheet
from archkit.site.explained import articles
from archkit.site.html import Html, el, join, web
from archkit.site.page import POLICY
from archkit.site.publish import LIST, publish
from archkit.site.sourcepage import listing
from archkit.theme import BOOK, THEMES

FULL = Path(__file__).parent.parent / "blueprints" / "spam-filter.yaml"

HOSTILE = """\
blueprint: 1
title: '<script>alert(1)</script> & "quotes" ]]> </title>'
summary: "'><img src=x onerror=alert(2)>"
tags: ['<b>tag</b>', 'javascript:alert(3)', "a'b"]
requirements: {goal: "</style><script>alert(4)</script>", questions: {"<i>why</i>?": "</script><!--"}}
references:
  - {title: "</a><script>x</script>", url: "javascript:alert(5)"}
  - {title: fine, url: "https://example.org/?a=1&b=\\"2\\""}
  - {title: data, url: "data:text/html,<script>alert(6)</script>"}
architecture:
  lanes:
    inference:
      one: {type: api_gateway, title: "<svg onload=alert(7)>", note: "]]><script>", tech: "</text><script>"}
      two: {type: model_server, title: "\\"onmouseover=alert(8) x=\\""}
  flows:
    - one -> two: "<script>label</script>"
    - two -> one
"""


class Seen(HTMLParser):
    """What a browser would find in a page: elements with their attributes, and the text outside of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.said: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def built(*texts: str, theme: str = "book") -> dict[str, bytes]:
    documents = [(f"d{at}", archkit.loads(text, f"d{at}.yaml")) for at, text in enumerate(texts)]
    return site(documents, THEMES[theme], "Site", Cache(None), lambda doing: None)


@pytest.fixture(scope="module")
def full() -> dict[str, bytes]:
    documents = [("spam-filter", archkit.load(FULL)), ("hostile", archkit.loads(HOSTILE, "hostile.yaml"))]
    return site(documents, BOOK, "Site", Cache(None), lambda doing: None)


def pages(files: dict[str, bytes]) -> dict[str, str]:
    return {path: data.decode() for path, data in files.items() if path.endswith(".html")}


def test_texts_are_escaped_and_markup_is_not() -> None:
    assert el("p", "<&\"'", Html("<b>"), ["a", None], title='"<') == '<p title="&quot;&lt;">&lt;&amp;&quot;\'<b>a</p>'
    assert el("input", disabled=True, hidden=False, value=None, data_x=1) == '<input disabled data-x="1">'
    assert isinstance(join("<"), Html) and join("<") == "&lt;"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.org", "https:", " https://x", "file:///x", ""]
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert web(url, "words") == "words"


def test_links_of_the_web_tell_nobody_where_they_come_from() -> None:
    assert web('HTTPS://x.org/?a&"', "w") == (
        '<a href="HTTPS://x.org/?a&amp;&quot;" rel="noopener noreferrer external">w</a>'
    )


def test_every_page_has_a_strict_policy_and_keeps_it(full: dict[str, bytes]) -> None:
    assert "unsafe" not in POLICY and "default-src 'none'" in POLICY
    for path, text in pages(full).items():
        seen = Seen(text)
        assert text.startswith("<!DOCTYPE html>") and [tag for tag, _ in seen.elements].count("main") == 1, path
        assert ("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}) in seen.elements
        for tag, attributes in seen.elements:
            assert not [name for name in attributes if name.startswith("on") or name == "style"], (
                path,
                tag,
                attributes,
            )
            assert tag not in ("style", "iframe", "object", "base"), path
            assert tag != "script" or attributes.get("src"), path
        identities = [attributes["id"] for _, attributes in seen.elements if "id" in attributes]
        assert len(identities) == len(set(identities)), path


def test_links_lead_to_what_is_there(full: dict[str, bytes]) -> None:
    marks = {path: {a["id"] for _, a in Seen(text).elements if "id" in a} for path, text in pages(full).items()}
    for path, text in pages(full).items():
        for tag, attributes in Seen(text).elements:
            for name in ("href", "src"):
                target = attributes.get(name)
                if tag == "use" or not target or target.startswith(("http", "data:")):
                    continue
                file, _, mark = target.partition("#")
                where = os.path.normpath(os.path.join(os.path.dirname(path), file)) if file else path  # noqa: PTH118, PTH120
                assert where in full, (path, target)
                assert not mark or mark in marks[where], (path, target)


def test_nothing_hostile_becomes_markup(full: dict[str, bytes]) -> None:
    for path, text in pages(full).items():
        seen = Seen(text)
        said = "".join(seen.said)
        if path == "hostile/index.html":
            for words in (
                "<script>alert(1)</script>",
                "onerror=alert(2)",
                "<b>tag</b>",
                "alert(4)",
                "<svg onload=alert(7)>",
            ):
                assert words in said
        for tag, attributes in seen.elements:
            assert tag not in ("img", "i", "b") or not any("alert" in str(value) for value in attributes.values())
            assert not str(attributes.get("href") or "").strip().lower().startswith(("javascript:", "data:text")), path
        assert "<script>" not in text and "<svg onload" not in text
    for path, data in full.items():
        if path.endswith(".js") and ("search" in path or "decks" in path):
            json.loads(data.decode().split(" = ", 1)[1].rstrip().rstrip(";"))


def test_a_page_has_all_figures_once_in_the_order_of_the_steps(full: dict[str, bytes]) -> None:
    document = archkit.load(FULL)
    steps = ("requirements", "framing", "data", "model", "evaluation", "serving", "monitoring", "summary")
    text = full["spam-filter/index.html"].decode()
    names = re.findall(r'<figure class="figure" data-name="([^"]*)"', text)
    assert sorted(names) == sorted(document.figures())
    kinds = {entry.name: steps.index(entry.kind.step) for entry in document.entries}
    assert [kinds[name] for name in names] == sorted(kinds[name] for name in names)
    for component in document.blueprint.components if document.blueprint else ():
        assert f'id="c-{component}"' in text


def test_figures_share_their_rules_and_take_colours_from_variables(full: dict[str, bytes]) -> None:
    [sheet] = [data.decode() for path, data in full.items() if path.startswith("assets/colours.")]
    text = full["spam-filter/index.html"].decode()
    used = set(re.findall(r"\bk[0-9a-f]{8}\b", " ".join(re.findall(r'class="([^"]*)"', text))))
    assert used and {name for name in used if f".{name}{{" not in sheet} == set()
    figures = "".join(re.findall(r"<svg .*?</svg>", text, re.DOTALL))
    assert not re.search(r'(?:fill|stroke)="#', figures.replace('fill="#f4f5f7"', "")) and "@font-face" not in figures
    assert set(re.findall(r"var\((--f-[\w-]+)\)", sheet)) <= set(re.findall(r"(--f-[\w-]+):", sheet))


def test_looks_share_a_shape_and_have_a_light_and_a_dark_one() -> None:
    assert list(looks(BOOK)) == ["book", "dark", "print"]
    assert list(looks(THEMES["whiteboard"])) == ["whiteboard", "dark"]
    assert next(iter(looks(THEMES["dark"]))) == "dark"
    for base in THEMES.values():
        assert {theme.dark for theme in looks(base).values()} == {True, False}
        sheet = style_sheet(base)
        assert sheet.startswith(":root{") and "@media print" in sheet and "prefers-color-scheme" in sheet


def test_the_typeface_of_the_site_has_all_its_letters() -> None:
    import base64

    import uharfbuzz as hb

    files = built(GOOD.replace("Spam filter", "Ĉapelo Ω → ≈"), theme="whiteboard")
    [sheet] = [
        data.decode() for path, data in files.items() if path.startswith("assets/fonts.") and path.endswith("css")
    ]
    assert "'Source Sans Pro'" in sheet and "'Kalam'" in sheet
    data = base64.b64decode(re.findall(r"base64,([^)]*)\)", sheet)[0])
    assert set(map(ord, "ĈΩ→≈Spamfilter")) <= set(hb.Face(data).unicodes)


def test_lines_of_a_source_are_coloured_and_keep_every_letter() -> None:
    text = "a: 1 # two\n\"b c\": [x, 'y # z', 12 ms] # é\n\n# end\nf: [p -> q]\n"
    document = archkit.loads(text)
    html = listing(document.sources[0], 0, document.tree)
    lines = re.findall(r'<li id="L(\d+)"><a [^>]*>\d+</a><code>(.*?)</code></li>', html)
    plain = [re.sub("<[^>]*>", "", line).replace("&quot;", '"').replace("&gt;", ">") for _, line in lines]
    assert "\n".join(plain) + "\n" == text and [int(number) for number, _ in lines] == [1, 2, 3, 4, 5]
    assert re.findall(r'class="y-comment">([^<]*)', html) == ["# two", "# é", "# end"]
    assert re.findall(r'class="y-key">([^<]*)', html) == ["a", "&quot;b c&quot;", "f"]
    assert re.findall(r'class="y-number">([^<]*)', html) == ["1", "12 ms"]
    assert re.findall(r'class="y-arrow">([^<]*)', html) == ["p -&gt; q"]


def test_hidden_signs_of_a_source_are_spelled_out() -> None:
    document = archkit.loads("a: x\u202ey\n")
    assert "\\u{202e}" in listing(document.sources[0], 0, document.tree)


def test_explanations_have_their_code_and_lists() -> None:
    html = articles(["CAP06", "LAT01", "no such code"])
    assert html.count("<article") == 2 and "<li>" in html and 'class="y-key">requirements' in html and "```" not in html


def test_the_same_blueprints_give_the_same_bytes() -> None:
    assert built(GOOD, HOSTILE) == built(GOOD, HOSTILE)


def test_a_design_does_not_change_the_page_of_another() -> None:
    one, two = built(GOOD), built(GOOD, GOOD.replace("Spam", "Other"))

    def body(files: dict[str, bytes]) -> str:
        return re.sub(r"\.[0-9a-f]{10}\.", ".", files["d0/index.html"].decode())

    assert body(one) == body(two) and list(two)[-1] == FIRST


# folders


def tell(doing: str) -> None:
    """Hear what is being done."""


def test_a_folder_is_written_again_only_where_something_changed(tmp_path: Path) -> None:
    first = {"a.html": b"1", "x/b.html": b"2", FIRST: b"3"}
    assert publish(first, tmp_path, tell)[:] == (3, 0, 0)
    assert publish(first, tmp_path, tell)[:] == (0, 3, 0)
    (tmp_path / "x" / "mine.txt").write_text("mine")
    assert publish({"a.html": b"1", FIRST: b"4"}, tmp_path, tell)[:] == (1, 1, 1)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["a.html", LIST, FIRST, "mine.txt"]


def test_what_others_wrote_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / FIRST).write_text("mine")
    with pytest.raises(FileError, match="no earlier site"):
        publish({"a.html": b"1", FIRST: b"3"}, tmp_path, tell)
    assert [path.name for path in tmp_path.iterdir()] == [FIRST] and (tmp_path / FIRST).read_text() == "mine"


def test_a_file_in_the_place_of_the_folder_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(FileError, match=r"cannot write a site into `.*site`: it is a file; name a folder"):
        publish({"a.html": b"1", FIRST: b"3"}, tmp_path / "site", tell)
    assert (tmp_path / "site").read_text() == "mine"


def test_files_that_somebody_changed_are_not_removed(tmp_path: Path) -> None:
    publish({"a.html": b"1", FIRST: b"3"}, tmp_path, tell)
    (tmp_path / "a.html").write_text("changed")
    assert publish({FIRST: b"3"}, tmp_path, tell).removed == 0
    assert (tmp_path / "a.html").read_text() == "changed"


@pytest.mark.parametrize("path", ["../out.txt", "/etc/passwd", "x/../../out.txt", "link/out.txt", "C:\\out.txt", LIST])
def test_a_forged_list_removes_nothing_outside(tmp_path: Path, path: str) -> None:
    from hashlib import sha256

    folder = tmp_path / "site"
    folder.mkdir()
    (tmp_path / "out.txt").write_text("x")
    (folder / "link").symlink_to(tmp_path)
    (folder / LIST).write_text(json.dumps({"files": {path: sha256(b"x").hexdigest()}}))
    publish({FIRST: b"3"}, folder, tell)
    assert (tmp_path / "out.txt").read_text() == "x" and (folder / LIST).exists()


@pytest.mark.parametrize("text", ["", "[]", '{"files": []}', '{"files": {"a": 1}}', "\xff"])
def test_a_damaged_list_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / LIST).write_bytes(text.encode("latin-1"))
    assert publish({FIRST: b"3"}, tmp_path, tell).changed == 1


def test_an_interruption_leaves_a_site_that_the_next_run_completes(tmp_path: Path) -> None:
    publish({"old.html": b"0", FIRST: b"3"}, tmp_path, tell)

    def stop(doing: str) -> None:
        if "b.html" in doing:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish({"a.html": b"1", "b.html": b"2", FIRST: b"4"}, tmp_path, stop)
    assert (tmp_path / FIRST).read_bytes() == b"3" and (tmp_path / "old.html").exists()
    assert not list(tmp_path.glob(".archkit*"))
    assert publish({"c.html": b"1", FIRST: b"4"}, tmp_path, tell)[:] == (2, 0, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [LIST, "c.html", FIRST]


# the command


def command(capsys: Out, *words: str) -> tuple[int, str, str]:
    return run(capsys, "site", *words)


@pytest.mark.usefixtures("in_folder")
def test_the_command_writes_a_site(capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHKIT_CACHE", "kept")
    put("all/a.yaml")
    put("all/b.yaml", WITH_INCLUDE)
    put("all/more.yaml", "monitoring: {operational: [errors]}\n")
    code, out, err = command(capsys, "all", "-o", "web", "--title", "My <designs>")
    assert (code, out) == (0, str(Path("web/index.html")) + "\n") and "2 designs" in err
    assert "My &lt;designs&gt;" in Path("web/index.html").read_text("utf-8")
    assert Path("web/b/source-1.html").is_file() and "errors" in Path("web/b/source-1.html").read_text("utf-8")
    code, _, err = command(capsys, "all", "-o", "web", "--title", "My <designs>")
    assert code == 0 and "0 files written" in err
    assert command(capsys, "all", "-o", "other", "--no-cache", "--title", "My <designs>")[0] == 0
    same = {path.relative_to("web"): path.read_bytes() for path in Path("web").rglob("*") if path.is_file()}
    assert same == {p.relative_to("other"): p.read_bytes() for p in Path("other").rglob("*") if p.is_file()}


WITH_INCLUDE = GOOD + "include: [more.yaml]\n"


@pytest.mark.usefixtures("in_folder")
def test_blueprints_with_errors_get_no_page_and_say_why(capsys: Out) -> None:
    put("all/bad.yaml", BAD)
    put("all/good.yaml")
    code, out, err = command(capsys, "all", "-o", "web")
    assert code == 1 and out and "error[LNG001]" in err and "bad.yaml gets no page" in err
    assert Path("web/good/index.html").exists() and not Path("web/bad").exists()
    code, out, _ = command(capsys, "all/bad.yaml", "-o", "none")
    assert (code, out) == (1, "") and not Path("none").exists()


@pytest.mark.usefixtures("in_folder")
@pytest.mark.parametrize("name", ["assets", "index.html", "explained.html", "a b#c%20?", "ünï"])
def test_any_name_of_a_file_becomes_a_folder_with_pages(capsys: Out, name: str) -> None:
    assert command(capsys, put(f"{name}.yaml"), "-o", "web")[0] == 0
    text = Path("web/index.html").read_text("utf-8")
    from urllib.parse import unquote

    links = [unquote(a["href"] or "") for tag, a in Seen(text).elements if tag == "a" and "quiz" in str(a.get("href"))]
    assert len(links) == 1 and Path("web", links[0]).is_file()


@pytest.mark.usefixtures("in_folder")
def test_a_folder_with_pages_of_others_is_refused(capsys: Out) -> None:
    put("web/index.html", "mine")
    code, out, err = command(capsys, put("a.yaml"), "-o", "web")
    assert (code, out) == (2, "") and "choose an empty folder" in err and Path("web/index.html").read_text() == "mine"


@pytest.mark.usefixtures("in_folder")
@pytest.mark.parametrize(
    ("words", "message"), [(["no.yaml"], "no such file"), (["a.yaml", "--theme", "drak"], "`dark`")]
)
def test_what_cannot_be_done_is_told(capsys: Out, words: list[str], message: str) -> None:
    put("a.yaml")
    code, _, err = command(capsys, *words)
    assert code == 2 and message in err
