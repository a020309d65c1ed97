"""Every mistake in a plan is told with its file, line, key and mend, and all of them at once."""

from pathlib import Path

import pytest

from structure.plan import PlanError, load_plan, parse_plan
from tests.structure.plan_mistakes import ONE_PROBLEM, TEXT, changed, line_of, row


def problems_of(text, **vocabulary):
    with pytest.raises(PlanError) as caught:
        parse_plan(text, **vocabulary)
    return caught.value.problems


@pytest.mark.parametrize("name", ONE_PROBLEM)
def test_one_problem_is_told_with_its_line_key_and_mend(name):
    text, place, key, what, mend = ONE_PROBLEM[name]
    problems = problems_of(text)
    assert [each.key for each in problems] == [key], "\n".join(map(str, problems))
    problem = problems[0]
    assert problem.file == "columns.yaml"
    if place is None:
        assert problem.line == len(text.splitlines())
    else:
        known_row = f"{{key: {place}," in TEXT
        assert problem.line == (line_of(place) if known_row else line_of(place, text))
    assert what in problem.what
    assert mend in problem.mend
    assert problem.what_en
    assert problem.mend_en
    said = str(problem)
    assert said.startswith(f"columns.yaml:{problem.line} {key}".rstrip() + ": ")
    assert said.index(problem.mend) < said.index("／ ") < said.index(problem.what_en)


def test_several_problems_are_told_together_in_the_order_of_the_file():
    text = row("xxgknb", "days: 365", "days: 0")
    text = row("sztt", "[industry]", "[indstry]", text)
    text = row("sztt", "kind: news", "kind: nwes", text)
    text = row("leader_b:", ", stzx]", "]", text)
    with pytest.raises(PlanError) as caught:
        parse_plan(text, "plan.yaml")
    problems = caught.value.problems
    assert sorted(each.key for each in problems) == [
        "departments.stzx.id",
        "sztt.kind",
        "sztt.owners",
        "xxgknb.update_period_days",
    ]
    assert [each.line for each in problems] == sorted(each.line for each in problems)
    lines = str(caught.value).splitlines()
    assert len(lines) == 4
    assert lines[-1].startswith(f"plan.yaml:{line_of('xxgknb')} xxgknb.update_period_days: ")


def test_block_style_problems_name_the_line_of_the_field():
    old = next(line for line in TEXT.splitlines() if "{key: zylj," in line)
    block = (
        "  - key: zylj\n    title: 重要链接\n    parent: wzgn\n    owners: [info]\n    kind: lnk\n"
    )
    problem = problems_of(TEXT.replace(old, block))[0]
    assert (problem.key, problem.line) == ("zylj.kind", line_of("zylj") + 4)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "只有文字"])
def test_a_file_that_is_no_mapping_is_refused(text):
    (problem,) = problems_of(text)
    assert problem.line == 1
    assert "键" in problem.what
    assert "site:" in problem.mend


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("首页,", "*nowhere,"),
        ("首页,", "!!python/name:os.system x,"),
        ("site:\n", "\tsite:\n"),
        ("首页,", "首\x00页,"),
    ],
)
def test_hostile_or_broken_yaml_is_told_with_its_line(old, new):
    problems = problems_of(changed((old, new)))
    assert problems[0].line > 1


def test_a_second_document_in_the_file_is_refused():
    (problem,) = problems_of(TEXT + "---\ncolumns: []\n")
    assert problem.line == len(TEXT.splitlines()) + 1


def test_a_circular_alias_is_told():
    problems = problems_of(TEXT + "extra: &loop [*loop]\n")
    assert any("引用了自己" in each.what for each in problems)


def test_unreadable_files_are_told_without_their_folder(tmp_path: Path):
    latin = tmp_path / "columns.yaml"
    latin.write_bytes("site: 广东".encode("gb18030"))
    for path in (tmp_path / "none.yaml", latin):
        with pytest.raises(PlanError) as caught:
            load_plan(path)
        assert str(caught.value).startswith(f"{path.name}: 读不出文件")
        assert str(tmp_path) not in str(caught.value)


def test_words_of_other_rooms_are_parameters():
    assert parse_plan(
        row("sztt", "kind: news", "kind: gallery"), known_kinds={"gallery"} | _kinds()
    )
    (problem,) = problems_of(TEXT, reserved_slugs={"zcfg"})
    assert problem.key == "zcfg.key"
    problems = problems_of(TEXT, known_steps={"department_review"})
    assert {each.key for each in problems} == {"chains.report.steps", "chains.correction.steps"}
    assert len(problems) == 4


def _kinds():
    return {each.kind for each in load_plan().columns}
