"""The columns of the two tables of 双公示: after the standard of 2018 and the template of 2016.

Source: 发改办财金〔2018〕424号 and its annexes (domain facts, 3.2 and 3.3); the template of 2016
(3.4).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

TEXT, DATE, AMOUNT, CODE = "text", "date", "amount", "identifier"


@dataclass(frozen=True)
class Item:
    """A column: `code` and `label` of the standard, `attr` of our record ("" is read and let go).

    `required` holds for every party; what a sort of party needs besides says `validation.py`.
    `secret`: never shown in full, never published. `public`: shown to visitors.
    """

    attr: str
    code: str
    label: str
    length: int
    kind: str = TEXT
    required: bool = False
    secret: bool = False
    public: bool = True
    aliases: tuple[str, ...] = ()


def _party(prefix):
    """Columns 1 to 13, the same in both tables."""
    return (
        Item("name", f"{prefix}_XDR_MC", _("行政相对人名称"), 200, required=True),
        Item("party_kind", f"{prefix}_XDR_LB", _("行政相对人类别"), 16, required=True),
        Item("credit_code", f"{prefix}_XDR_SHXYM", _("行政相对人代码_1（统一社会信用代码）"), 18,
             CODE, aliases=("统一社会信用代码", "行政相对人代码_1")),
        Item("business_number", f"{prefix}_XDR_GSZC", _("行政相对人代码_2（工商注册号）"), 50,
             CODE, aliases=("工商注册号", "行政相对人代码_2")),
        Item("organisation_code", f"{prefix}_XDR_ZZJG", _("行政相对人代码_3（组织机构代码）"), 9,
             CODE, aliases=("组织机构代码", "行政相对人代码_3")),
        Item("tax_number", f"{prefix}_XDR_SWDJ", _("行政相对人代码_4（税务登记号）"), 20,
             CODE, aliases=("税务登记号", "行政相对人代码_4")),
        Item("institution_number", f"{prefix}_XDR_SYDW",
             _("行政相对人代码_5（事业单位证书号）"), 12, CODE,
             aliases=("事业单位证书号", "行政相对人代码_5")),
        Item("social_number", f"{prefix}_XDR_SHZZ", _("行政相对人代码_6（社会组织登记证号）"),
             50, CODE, aliases=("社会组织登记证号", "行政相对人代码_6")),
        Item("legal_person", f"{prefix}_FRDB", _("法定代表人"), 50,
             aliases=(f"{prefix}_FDDB", "法定代表人姓名", "法定代表人（负责人）")),
        Item("legal_id_kind", f"{prefix}_FR_ZJLX", _("法定代表人证件类型"), 64, public=False),
        Item("legal_id", f"{prefix}_FR_ZJHM", _("法定代表人证件号码"), 64, CODE, secret=True,
             public=False, aliases=(f"{prefix}_FR_SFZH",)),
        Item("person_id_kind", f"{prefix}_XDR_ZJLX", _("证件类型"), 64, public=False),
        Item("person_id", f"{prefix}_XDR_ZJHM", _("证件号码"), 64, CODE, secret=True,
             public=False),
    )  # fmt: skip


LICENCE_2018 = (
    *_party("XK"),
    Item("document_name", "XK_XKWS", _("行政许可决定文书名称"), 64, required=True),
    Item("document_number", "XK_WSH", _("行政许可决定文书号"), 64, CODE, required=True,
         aliases=("行政许可决定书文号",)),
    Item("licence_kind", "XK_XKLB", _("许可类别"), 256, required=True),
    Item("certificate_name", "XK_XKZS", _("许可证书名称"), 64),
    Item("licence_number", "XK_XKBH", _("许可编号"), 64, CODE),
    Item("content", "XK_NR", _("许可内容"), 4000, required=True),
    Item("decided_on", "XK_JDRQ", _("许可决定日期"), 0, DATE, required=True),
    Item("valid_from", "XK_YXQZ", _("有效期自"), 0, DATE, required=True),
    Item("valid_to", "XK_YXQZI", _("有效期至"), 0, DATE, required=True),
    Item("issuer", "XK_XKJG", _("许可机关"), 200, required=True),
    Item("issuer_code", "XK_XKJGDM", _("许可机关统一社会信用代码"), 18, CODE, required=True),
    Item("current_state", "XK_ZT", _("当前状态"), 1, required=True),
    Item("source_name", "XK_LYDW", _("数据来源单位"), 200, required=True),
    Item("source_code", "XK_LYDWDM", _("数据来源单位统一社会信用代码"), 18, CODE, required=True),
    Item("remark", "BZ", _("备注"), 4000),
)  # fmt: skip

PENALTY_2018 = (
    *_party("CF"),
    Item("document_number", "CF_WSH", _("行政处罚决定书文号"), 128, CODE, required=True),
    Item("conduct", "CF_WFXW", _("违法行为类型"), 2000, required=True),
    Item("facts", "CF_SY", _("违法事实"), 4000, required=True),
    Item("basis", "CF_YJ", _("处罚依据"), 4000, required=True),
    Item("penalty_kinds", "CF_CFLB", _("处罚类别"), 200, required=True),
    Item("content", "CF_NR", _("处罚内容"), 4000, required=True),
    Item("fine", "CF_NR_FK", _("罚款金额（万元）"), 0, AMOUNT, aliases=("罚款金额",)),
    Item("confiscated", "CF_NR_WFFF", _("没收违法所得、没收非法财物的金额（万元）"), 0, AMOUNT,
         aliases=("没收违法所得、没收非法财物的金额",)),
    Item("seized", "CF_NR_ZKDX", _("暂扣或吊销证照名称及编号"), 200),
    Item("decided_on", "CF_JDRQ", _("处罚决定日期"), 0, DATE, required=True),
    Item("valid_until", "CF_YXQ", _("处罚有效期"), 0, DATE, required=True),
    Item("publicity_until", "CF_GSJZQ", _("公示截止期"), 0, DATE),
    Item("issuer", "CF_CFJG", _("处罚机关"), 200, required=True),
    Item("issuer_code", "CF_CFJGDM", _("处罚机关统一社会信用代码"), 18, CODE, required=True),
    Item("source_name", "CF_SJLY", _("数据来源单位"), 200, required=True),
    Item("source_code", "CF_SJLYDM", _("数据来源单位统一社会信用代码"), 18, CODE, required=True),
    Item("remark", "BZ", _("备注"), 4000),
)  # fmt: skip


def _party_2016(prefix, name, person):
    """The party in the template of 2016: one column a code, and a citizen's number."""
    return (
        Item("name", f"{prefix}_{name}", _("行政相对人名称"), 200, required=True),
        Item("credit_code", f"{prefix}_XDR_SHXYM", _("统一社会信用代码"), 18, CODE,
             aliases=("行政相对人代码_1(统一社会信用代码)", "行政相对人代码_1")),
        Item("organisation_code", f"{prefix}_XDR_ZDM", _("组织机构代码"), 9, CODE,
             aliases=("行政相对人代码_2(组织机构代码)", "行政相对人代码_2")),
        Item("business_number", f"{prefix}_XDR_GSDJ", _("工商登记码"), 50, CODE,
             aliases=("行政相对人代码_3(工商登记码)", "行政相对人代码_3")),
        Item("tax_number", f"{prefix}_XDR_SWDJ", _("税务登记号"), 20, CODE,
             aliases=("行政相对人代码_4(税务登记号)", "行政相对人代码_4")),
        Item("person_id", f"{prefix}_XDR_SFZ", _("居民身份证号"), 64, CODE, secret=True,
             public=False, aliases=("行政相对人代码_5(居民身份证号)", "行政相对人代码_5")),
        Item("legal_person", f"{prefix}_{person}", _("法定代表人姓名"), 50,
             aliases=("法定代表人",)),
    )  # fmt: skip


#: What the template of 2016 has besides; the time stamp is ours to give, it is not kept.
_TAIL_2016 = (
    Item("area_code", "DFBM", _("地方编码"), 6, CODE),
    Item("", "SJC", _("数据更新时间戳"), 64),
    Item("remark", "BZ", _("备注"), 4000),
)

LICENCE_2016 = (
    Item("document_number", "XK_WSH", _("行政许可决定书文号"), 64, CODE, required=True,
         aliases=("行政许可决定文书号", "行政许可决定书文号")),
    Item("document_name", "XK_XMMC", _("项目名称"), 64, required=True),
    Item("licence_kind", "XK_SPLB", _("审批类别"), 256, required=True),
    Item("content", "XK_NR", _("许可内容"), 4000, required=True),
    *_party_2016("XK", "XDR", "FR"),
    Item("decided_on", "XK_JDRQ", _("许可决定日期"), 0, DATE, required=True),
    Item("valid_to", "XK_JZQ", _("许可截止期"), 0, DATE, required=True),
    Item("issuer", "XK_XZJG", _("许可机关"), 200, required=True),
    Item("current_state", "XK_ZT", _("当前状态"), 1),
    *_TAIL_2016,
)  # fmt: skip

PENALTY_2016 = (
    Item("document_number", "CF_WSH", _("行政处罚决定书文号"), 128, CODE, required=True),
    Item("conduct", "CF_CFMC", _("处罚名称"), 2000, required=True),
    Item("penalty_kinds", "CF_CFLB1", _("处罚类别1"), 100, required=True),
    Item("second_kind", "CF_CFLB2", _("处罚类别2"), 100),
    Item("facts", "CF_SY", _("处罚事由"), 4000, required=True),
    Item("basis", "CF_YJ", _("处罚依据"), 4000, required=True),
    *_party_2016("CF", "XDR_MC", "FR"),
    Item("content", "CF_JG", _("处罚结果"), 4000, required=True),
    Item("decided_on", "CF_JDRQ", _("处罚决定日期"), 0, DATE, required=True),
    Item("issuer", "CF_XZJG", _("处罚机关"), 200, required=True),
    Item("", "CF_ZT", _("当前状态"), 1),
    *_TAIL_2016,
)  # fmt: skip

#: (kind, year of the layout) -> its columns, in the order of the table.
LAYOUTS = {
    ("licence", 2018): LICENCE_2018,
    ("penalty", 2018): PENALTY_2018,
    ("licence", 2016): LICENCE_2016,
    ("penalty", 2016): PENALTY_2016,
}


def items_of(kind, year=2018):
    """The columns of a table that our records have, by attribute."""
    return {item.attr: item for item in LAYOUTS[kind, year] if item.attr}
