"""The shipped plan says what the source document says."""

from datetime import date

import pytest

from structure.plan import PlanError, load_plan, parse_plan
from tests.structure.plan_mistakes import TEXT, changed, row

# 《广东省体育局关于做好2016年政务公开工作的实施方案》第三部分（二）及说明1，照原文手录
OWNED = {
    "办公室": "政府信息公开 省局职责 政策法规 动态信息 统计数据 信息公开指南 信息公开规定 "
    "信息公开年报 政府信息公开目录-部门文件 工作动态",
    "党办": "整治违规打高尔夫球 党的群众路线教育实践活动",
    "群体处": "群众体育 群众体育网 公益金申请 科学健身 社体中心",
    "竞体处": "竞技体育 精彩奥运",
    "青少处": "青少年体育 省运会",
    "经济处": "采购招标 政府信息公开目录-财政预决算",
    "产业处": "政务微博 体育产业 体育发展 神州体坛 广东体育新闻 图片新闻 互动交流",
    "人保处": "省局领导 人事信息 政府信息公开目录-机构职能 行政执法 行政审批事项标准",
    "信息中心": "政声传递 移动政务服务系统 重要链接 站内搜索 网上依申请公开",
    "各处室及单位": "通知公告 机构设置 信用信息双公示",
}


@pytest.fixture(scope="module")
def plan():
    return load_plan()


def test_plan_columns_and_owners_are_those_of_the_source_document(plan):
    written = {}
    for column in plan.columns:
        if not column.inferred:
            prefix = f"{column.catalogue_prefix}-" if column.catalogue_prefix else ""
            assert len(column.owners) == 1
            owner = plan.department(column.owners[0]).name
            written.setdefault(owner, []).append(prefix + column.title)
    assert {owner: sorted(titles) for owner, titles in written.items()} == {
        owner: sorted(titles.split()) for owner, titles in OWNED.items()
    }
    assert sum(map(len, written.values())) == plan.plan_column_count == 43


def test_shared_columns_publish_themselves_and_others_report(plan):
    shared = {each.title for each in plan.columns if each.shared}
    assert shared == {"通知公告", "机构设置", "信用信息双公示"}
    for column in plan.columns:
        assert column.chain == ("self_publish" if column.shared else "report")
        assert (column.owners == ("all",)) is column.shared


def test_chains_are_those_of_the_source_document(plan):
    assert plan.default_chain == plan.home.chain == "report"
    assert plan.chain("report").steps == (
        "department_review",
        "leader_review",
        "office_review",
        "centre_publish",
    )
    assert plan.chain("self_publish").steps == ("department_review",)
    assert plan.home.owners == ("office",)


def test_every_department_has_one_leader(plan):
    assert [plan.leader_of(each.id).id for each in plan.real_departments] == [
        "leader_b" if each.id in {"mass", "comp", "youth", "industry", "stzx"} else "leader_a"
        for each in plan.real_departments
    ]
    assert all(each.inferred for each in plan.leaders)
    assert plan.leader_of("all") is None


def test_periods_follow_the_three_classes(plan):
    days = {each.title: each.days for each in plan.update_classes}
    assert days == {"人事、规划类": 365, "公告公示、政策文件类": 183, "动态信息、新闻类": 14}
    assert plan.column("rsxx").update_period_days == 365
    assert plan.column("zcfg").update_period_days == 183
    assert plan.column("gdtyxw").update_period_days == 14
    assert plan.column("tjsj").update_period_days is None


def test_facts_and_duties_of_the_source_document(plan):
    assert plan.site_name == "广东省体育局"
    assert plan.source_document == "广东省体育局关于做好2016年政务公开工作的实施方案"
    assert plan.workflow.interpretation_report_workdays == 2
    assert plan.workflow.press_conference_hours == 24
    assert plan.workflow.monthly_min_dynamic_items == 2
    assert {each.title: each.owner for each in plan.duties} == {
        "整体网站美工规划": "industry",
        "整体网站技术支持": "info",
    }
    assert plan.column("jcay").event_start == date(2016, 8, 5)
    assert plan.column("tjsj").contributors == ("all",)


def test_order_of_the_file_is_the_order_of_the_menu(plan):
    top = [each.title for each in plan.children(None)]
    assert top[:4] == ["新闻中心", "政务公开", "办事服务", "互动交流"]
    for parent in {each.parent for each in plan.columns}:
        children = plan.children(parent)
        assert [each.position for each in children] == list(range(len(children)))
        assert [each.line for each in children] == sorted(each.line for each in children)


def test_walk_gives_every_column_after_its_parent(plan):
    seen = set()
    for column in plan.walk():
        assert column.parent is None or column.parent in seen
        seen.add(column.key)
    assert len(seen) == len(plan.columns)
    assert plan.path_of("bmwj") == "zwgk/zfxxgk/xxgkml/bmwj"


def test_lookups_of_unknown_names_raise(plan):
    for look in (plan.column, plan.department, plan.chain):
        with pytest.raises(KeyError):
            look("nobody")


def test_a_slug_of_its_own_replaces_the_key_in_the_address():
    plan = parse_plan(row("zcfg", "key: zcfg", "key: zcfg, slug: policies"))
    assert plan.path_of("zcjd") == "zwgk/policies/zcjd"


def test_a_column_without_chain_takes_the_default():
    plan = parse_plan(changed(("default_chain: report", "default_chain: self_publish")))
    assert plan.column("zcfg").chain == "self_publish"
    assert plan.home.chain == "report"


def test_leaders_are_needed_only_where_a_chain_asks_one():
    start, end = TEXT.index("leaders:"), TEXT.index("columns:\n")
    text = TEXT[:start] + TEXT[end:]
    with pytest.raises(PlanError, match=r"departments\.office\.id"):
        parse_plan(text)
    plan = parse_plan(text.replace("leader_review, ", ""))
    assert plan.leaders == ()
