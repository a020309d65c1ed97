"""What the lists hold from the beginning; the bureau confirms, changes and adds in the admin.

Sources: domain facts, 3.2 (values of the standard of 2018), 3.7 (periods of publicity). A rule that
no document at hand confirms is `verified` False.
"""

from datetime import date

#: list, value, label, severity
CODES = [
    ("party_kind", "", "法人及非法人组织", ""),
    ("party_kind", "01", "自然人", ""),
    ("party_kind", "04", "个体工商户", ""),
    ("id_kind", "01", "身份证", ""),
    ("id_kind", "02", "护照号", ""),
    ("id_kind", "03", "港澳居民来往内地通行证", ""),
    ("id_kind", "04", "台湾居民来往大陆通行证", ""),
    ("id_kind", "05", "外国人永久居留身份证", ""),
    ("licence_kind", "01", "普通", ""),
    ("licence_kind", "02", "特许", ""),
    ("licence_kind", "03", "认可", ""),
    ("licence_kind", "04", "核准", ""),
    ("licence_kind", "05", "登记", ""),
    ("licence_kind", "06", "其他", ""),
    ("current_state", "1", "有效", ""),
    ("current_state", "2", "无效", ""),
    ("penalty_kind", "", "警告", "light"),
    ("penalty_kind", "", "通报批评", "light"),
    ("penalty_kind", "", "罚款", "ordinary"),
    ("penalty_kind", "", "没收违法所得", "ordinary"),
    ("penalty_kind", "", "没收非法财物", "ordinary"),
    ("penalty_kind", "", "暂扣许可证件", "ordinary"),
    ("penalty_kind", "", "降低资质等级", "serious"),
    ("penalty_kind", "", "吊销许可证件", "serious"),
    ("penalty_kind", "", "限制开展生产经营活动", "serious"),
    ("penalty_kind", "", "责令停产停业", "serious"),
    ("penalty_kind", "", "责令关闭", "serious"),
    ("penalty_kind", "", "限制从业", "serious"),
    ("penalty_kind", "", "行政拘留", "serious"),
    ("penalty_kind", "", "其他", ""),
]
#: Kinds that the law of 2021 brought (行政处罚法, Art 9, in force from 2021-07-15).
SINCE_2021 = {"通报批评", "降低资质等级", "限制开展生产经营活动", "责令关闭", "限制从业"}

_OF_2018 = "发改办财金〔2018〕424号（期限未核实）"
_OF_2019 = "发改办财金〔2019〕527号（部分期限未核实）"
_OF_2023 = "国家发展改革委令2023年第58号"
_OF_2026 = "信用修复管理办法（国家发展改革委令第36号）"
_2018 = (None, date(2019, 6, 30))
_2019 = (date(2019, 7, 1), date(2023, 4, 30))
_2023 = (date(2023, 5, 1), date(2026, 3, 31))
_2026 = (date(2026, 4, 1), None)
#: (starts, ends), severity, shown, months at least, months at most, source
RULES = [
    (_2018, "light", True, 0, 12, _OF_2018),
    (_2018, "ordinary", True, 0, 12, _OF_2018),
    (_2018, "serious", True, 0, 36, _OF_2018),
    (_2019, "light", True, 3, 12, _OF_2019),
    (_2019, "ordinary", True, 3, 12, _OF_2019),
    (_2019, "serious", True, 6, 36, _OF_2019),
    (_2023, "light", True, 3, 36, _OF_2023),
    (_2023, "ordinary", True, 3, 36, _OF_2023),
    (_2023, "serious", True, 12, 36, _OF_2023),
    (_2026, "light", False, 0, 3, _OF_2026),
    (_2026, "ordinary", True, 3, 12, _OF_2026),
    (_2026, "serious", True, 12, 36, _OF_2026),
]


def fill(apps, schema_editor):
    """Enter the lists (migration)."""
    code, rule = (apps.get_model("ext_credit", name) for name in ("Code", "PublicityRule"))
    law = date(2021, 7, 15)
    code.objects.bulk_create(
        code(
            list=name, value=value, label=label, severity=severity, position=place,
            starts=law if label in SINCE_2021 else None,
            source="行政处罚法第九条" if name == "penalty_kind" else "2018年双公示数据标准",
        )
        for place, (name, value, label, severity) in enumerate(CODES)
    )  # fmt: skip
    rule.objects.bulk_create(
        rule(
            starts=starts, ends=ends, severity=severity, shown=shown, min_months=least,
            max_months=most, source=source,
        )
        for (starts, ends), severity, shown, least, most, source in RULES
    )  # fmt: skip


def empty(apps, schema_editor):
    """Take the lists out again (migration backwards)."""
    for name in ("Code", "PublicityRule"):
        apps.get_model("ext_credit", name).objects.all().delete()
