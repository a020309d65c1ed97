"""The shipped plan with one mistake each, and what must be said about it."""

from structure.plan import PLAN_FILE

TEXT = PLAN_FILE.read_text(encoding="utf-8")


def changed(*changes):
    """The shipped text with each (old, new) replaced; old must stand there exactly once."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def row(key, old, new, text=TEXT):
    """The text with a change within the line of one column, department or leader."""
    lines = text.splitlines(keepends=True)
    number = line_of(key, text) - 1
    assert old in lines[number], (key, old)
    lines[number] = lines[number].replace(old, new, 1)
    return "".join(lines)


def line_of(key, text=TEXT):
    """The line on which a column is defined, else the first line holding the words."""
    lines = text.splitlines()
    for mark in (f"{{key: {key},", key):
        for number, line in enumerate(lines, 1):
            if mark in line:
                return number
    raise AssertionError(key)


# (changed text, place of the line, key, words of what is wrong, words of the mend)
ONE_PROBLEM = {
    "unknown column key": (
        row("zcfg", "owners:", "slugg: x, owners:"), "zcfg", "zcfg.slugg", "未知的键", "slug",
    ),
    "unknown top key": (
        changed(("default_chain:", "default_chian: report\ndefault_chain:")),
        "default_chian: report", "default_chian", "未知的键", "default_chain",
    ),
    "workflow is now chain": (
        row("tzgg", "chain:", "workflow:"), "tzgg", "tzgg.workflow", "未知的键", "其一",
    ),
    "missing key": (
        row("zylj", "key: zylj,   ", ""), "title: 重要链接", "columns[57].key", "缺少", "补上",
    ),
    "missing title": (row("zscd", "title: 政声传递, ", ""), "zscd", "zscd.title", "缺少", "补上"),
    "missing parent field": (
        row("zscd", "parent: xwzx, ", ""), "zscd", "zscd.parent", "缺少", "parent: null",
    ),
    "missing kind": (row("zscd", "kind: republication, ", ""), "zscd", "zscd.kind", "缺少", "补上"),
    "title is no text": (row("zscd", "政声传递", "2016"), "zscd", "zscd.title", "文字", "引号"),
    "doubled column": (row("sztt", "key: sztt", "key: zscd"), "sztt", "zscd.key", "重复", "换一个"),
    "doubled mapping key": (
        row("sztt", "kind: news", "kind: news, kind: policy"),
        "sztt", "sztt.kind", "键重复", "删去其中一个",
    ),
    "doubled top key": (TEXT + "\nsite: {name: 另一个}\n", None, "site", "键重复", "删去"),
    "sibling slug": (
        row("sztt", "key: sztt", "key: sztt, slug: zscd"), "sztt", "sztt.slug", "同级", "换一个",
    ),
    "unreadable slug": (
        row("sztt", "key: sztt", "key: sztt, slug: 神州"), "sztt", "sztt.slug", "小写字母", "拼音",
    ),
    "unreadable key": (row("sztt", "key: sztt", "key: Szt T"), "sztt", "Szt T.key", "小写", "拼音"),
    "reserved slug": (
        row("sztt", "key: sztt", "key: sztt, slug: admin"), "sztt", "sztt.slug", "保留", "换一个",
    ),
    "reserved key": (row("sztt", "key: sztt", "key: hant"), "sztt", "hant.key", "保留", "换一个"),
    "home is the home page": (
        row("sztt", "key: sztt", "key: home"), "sztt", "home.key", "保留", "换一个",
    ),
    "unknown owner": (
        row("sztt", "[industry]", "[indstry]"), "sztt", "sztt.owners", "未知的部门", "industry",
    ),
    "owner by name": (
        row("sztt", "[industry]", "[产业处]"), "sztt", "sztt.owners", "未知的部门", "改为 industry",
    ),
    "unknown contributor": (
        row("gzdt", "contributors: [all]", "contributors: [mas]"),
        "gzdt", "gzdt.contributors", "未知的部门", "mass",
    ),
    "no owners": (row("sztt", "[industry]", "[]"), "sztt", "sztt.owners", "缺少", "补上"),
    "owners no list": (
        row("sztt", "[industry]", "industry"), "sztt", "sztt.owners", "列表", "[a, b]",
    ),
    "owner twice": (
        row("sztt", "[industry]", "[industry, industry]"), "sztt", "sztt.owners", "重复", "一次",
    ),
    "shared without all": (
        row("sztt", "[industry]", "[industry], shared: true"),
        "sztt", "sztt.shared", "不一致", "owners: [all]",
    ),
    "all and another": (
        row("tzgg", "[all]", "[all, office]"), "tzgg", "tzgg.owners", "已包括", "[all]",
    ),
    "unknown parent": (
        row("sztt", "parent: xwzx", "parent: xwzxx"), "sztt", "sztt.parent", "上级栏目", "xwzx",
    ),
    "own parent": (
        row("zylj", "parent: wzgn", "parent: zylj"), "zylj", "zylj.parent", "成环", "parent",
    ),
    "circle": (
        row("zfxxgk", "parent: zwgk", "parent: bmwj"), "zfxxgk", "zfxxgk.parent", "成环", "parent",
    ),
    "unknown kind": (row("sztt", "kind: news", "kind: nwes"), "sztt", "sztt.kind", "取值", "news"),
    "unknown chain": (
        row("tzgg", "chain: self_publish", "chain: self_publsh"),
        "tzgg", "tzgg.chain", "流程", "self_publish",
    ),
    "unknown default chain": (
        changed(("default_chain: report", "default_chain: reports")),
        "default_chain:", "default_chain", "流程", "report",
    ),
    "chain of corrections as a column's": (
        row("tzgg", "chain: self_publish", "chain: correction"),
        "tzgg", "tzgg.chain", "更正", "其他流程",
    ),
    "unknown chain of home": (
        changed(("chain: report}", "chain: reports}")), "home:", "home.chain", "流程", "report",
    ),
    "chain without steps": (
        changed(("steps: [department_review]", "steps: []")),
        "self_publish: {", "chains.self_publish.steps", "缺少", "补上",
    ),
    "unknown step": (
        changed(("steps: [department_review]", "steps: [departmnt_review]")),
        "self_publish: {", "chains.self_publish.steps", "步骤", "department_review",
    ),
    "days of a step that is none": (
        changed(("steps: [department_review]}", "steps: [department_review], days: {office: 1}}")),
        "self_publish: {", "chains.self_publish.days.office", "未知的键", "department_review",
    ),
    "days that are no number": (
        changed(("steps: [department_review]}", "steps: [department_review], days: soon}")),
        "self_publish: {", "chains.self_publish.days", "办理工作日数须为正整数", "14",
    ),
    "step twice": (
        changed(("office_review,", "office_review, office_review,")),
        "report:  ", "chains.report.steps", "重复", "一次",
    ),
    "negative period": (
        row("xxgknb", "days: 365", "days: -1"), "xxgknb", "xxgknb.update_period_days",
        "正整数", "null",
    ),
    "period as text": (
        row("sztt", "days: 14", "days: 两周"), "sztt", "sztt.update_period_days", "正整数", "14",
    ),
    "period is yes": (
        row("sztt", "days: 14", "days: yes"), "sztt", "sztt.update_period_days", "正整数", "14",
    ),
    "period against class": (
        row("sztt", "days: 14", "days: 15"), "sztt", "sztt.update_period_days",
        "不一致", "请改为 14",
    ),
    "class without period": (
        row("sztt", "days: 14", "days: null"), "sztt", "sztt.update_period_days",
        "不一致", "请改为 14",
    ),
    "unknown class": (
        row("sztt", "class: w2", "class: w3"), "sztt", "sztt.update_class", "类别", "w2",
    ),
    "unknown period basis": (
        row("xxgknb", "basis: statute", "basis: statut"), "xxgknb", "xxgknb.period_basis",
        "取值", "statute",
    ),
    "unknown lifecycle": (
        row("syh", "lifecycle: event", "lifecycle: evnt"), "syh", "syh.lifecycle", "取值", "event",
    ),
    "event ends first": (
        row("jcay", "2016-08-21", "2016-08-01"), "jcay", "jcay.event_end", "早于", "改正",
    ),
    "no such day": (
        row("jcay", "'2016-08-05'", "2016-13-05"), "jcay", "jcay.event_start", "日期", "2016-08-05",
    ),
    "no date at all": (
        row("jcay", "'2016-08-05'", "八月五日"), "jcay", "jcay.event_start", "日期", "2016-08-05",
    ),
    "flag is no flag": (
        row("wzgn", "in_nav: false", "in_nav: 否"), "wzgn", "wzgn.in_nav", "true", "false",
    ),
    "plan column lost": (
        row("zcjd", "inferred: true", "inferred: false"), "plan_column_count: 43",
        "site.plan_column_count", "44", "inferred: true",
    ),
    "department id twice": (
        row("{id: party,", "id: party", "id: office").replace("[office, party,", "[office,")
        .replace("owners: [party]", "owners: [office]"),
        "name: 党办", "departments.office.id", "重复", "换一个",
    ),
    "department name twice": (
        row("{id: party,", "name: 党办", "name: 办公室"), "{id: party,", "departments.party.name",
        "重复", "换一个",
    ),
    "unknown department type": (
        row("{id: party,", "type: internal", "type: intern"), "{id: party,",
        "departments.party.type", "取值", "internal",
    ),
    "second virtual department": (
        row("{id: stzx,", "type: affiliated", "type: virtual")
        .replace("industry, stzx]", "industry]"),
        "{id: stzx,", "departments.stzx.type", "virtual", "all",
    ),
    "leader of an unknown department": (
        row("leader_b:", "[mass,", "[mass, mas,"), "leader_b:", "leaders.leader_b.leads",
        "未知的部门", "mass",
    ),
    "department led by nobody": (
        row("leader_b:", ", stzx]", "]"), "{id: stzx,", "departments.stzx.id",
        "没有分管局领导", "leads",
    ),
    "department led twice": (
        row("leader_b:", "[mass,", "[mass, party,"), "leader_b:", "leaders.leader_b.leads",
        "已由 leader_a", "一位",
    ),
    "unknown duty owner": (
        changed(("owner: info}", "owner: inf}")), "整体网站技术支持", "site_duties[2].owner",
        "未知的部门", "info",
    ),
    "unknown owner of home": (
        changed(("首页, owners: [office]", "首页, owners: [ofice]")), "home:", "home.owners",
        "未知的部门", "office",
    ),
    "section missing": (
        changed(("home: {title: 首页, owners: [office], chain: report}\n", "")),
        "schema: 1", "home", "缺少", "补上",
    ),
    "limit missing": (
        changed(("  press_conference_hours: 24", "  # ")), "workflow:",
        "workflow.press_conference_hours", "缺少", "补上",
    ),
    "iso of a class": (
        changed(("iso: P2W", "iso: 2W")), "{id: w2,", "update_classes.w2.iso", "周期", "P2W",
    ),
    "newer schema": (changed(("schema: 1", "schema: 2")), "schema:", "schema", "版本", "schema: 1"),
    "list expected": (
        changed(("site_duties:\n", "site_duties: {}\nnever:\n")).replace("never:", "#")
        .replace("  - {title: 整体", "  # {title: 整体"),
        "site_duties:", "site_duties", "列表", "columns-schema.md",
    ),
    "broken yaml": (
        row("sztt", "owners: [industry]", "owners: [industry"), "sztt", "", "YAML", "括号",
    ),
}  # fmt: skip
