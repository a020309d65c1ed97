"""Every cell of `matrix.yaml`, tried over HTTP: post by post, place by place, action by action."""

from pathlib import Path

import pytest
import yaml
from django.db import transaction

from tests.access.desks import PEOPLE, PLACES, STEPS, Desk, furnished
from tests.access.probing import undone

#: Some four minutes: `make prove`. The smaller table of test_matrix.py runs every time.
pytestmark = pytest.mark.prove

TABLE = yaml.safe_load(Path(__file__).with_name("matrix.yaml").read_text(encoding="utf-8"))
ACTIONS = TABLE["操作"].split()
CELL = {"是": True, "否": False, "～": None}
#: Actions besides the approvals and the return.
TRIED = {
    "看见": Desk.sees, "新建": Desk.creates, "编辑": Desk.edits, "送审": Desk.submits,
    "改送审": Desk.edits_in_review, "删草稿": Desk.deletes_draft, "删公开": Desk.deletes_public,
    "发布": Desk.publishes, "栏目页": Desk.edits_column,
}  # fmt: skip
NEVER = {"改送审", "删公开", "发布"}


def rows(post):
    """Place -> action -> what the table says of the post."""
    return {
        place: dict(zip(ACTIONS, [CELL[word] for word in cells.split()], strict=True))
        for place, cells in TABLE["岗位"][post].items()
    }


@pytest.fixture(scope="module")
def built_desks(django_db_setup, django_db_blocker):
    """The house of the matrix, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnished()
        transaction.set_rollback(True)


@pytest.fixture
def desks(built_desks, db):
    """The same; what a test does is undone."""
    return built_desks


def does(desk, action, row):
    """Whether the action took effect. A return must be possible just where an approval is."""
    with undone():
        if action in STEPS:
            return desk.approves(STEPS[action])
        if action in TRIED:
            return TRIED[action](desk)
    returned = {}
    for label, step in STEPS.items():
        with undone():
            returned[label] = desk.returns(step)
    assert returned == {label: row[label] for label in STEPS}, returned
    return any(returned.values())


@pytest.mark.parametrize("post", PEOPLE)
def test_the_table_holds(desks, post):
    wrong = []
    for place, row in rows(post).items():
        desk = Desk(desks, post, place)
        for action, expected in row.items():
            if expected is None:
                continue
            try:
                did = does(desk, action, row)
            except AssertionError as problem:
                wrong.append(f"{post} · {place} · {action}: {problem}")
                continue
            if did is not expected:
                wrong.append(f"{post} · {place} · {action}: 表 {expected}, 实测 {did}")
    assert not wrong, "\n".join(wrong)


def test_the_table_is_complete():
    """Every post, place and action stands in it, and only where there are no texts a dash."""
    assert set(ACTIONS) == {*TRIED, *STEPS, "退回"}
    assert set(TABLE["岗位"]) == set(PEOPLE)
    without_texts = set(ACTIONS) - {"新建", "发布", "栏目页"}
    for post in PEOPLE:
        assert set(rows(post)) == set(PLACES["a"]) == set(PLACES["office"])
        for place, row in rows(post).items():
            dashes = {action for action, cell in row.items() if cell is None}
            assert dashes == (without_texts if place == "首页" else set())


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_is_possible_for_somebody_or_meant_for_nobody(action):
    """A column of "no" alone would hold for a request that never arrives."""
    allowed = any(row[action] for post in PEOPLE for row in rows(post).values())
    assert allowed is (action not in NEVER)
