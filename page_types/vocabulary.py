"""Lists of terms of government information: topics, genres, items of active disclosure."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """主题分类 by the list of gov.cn (domain facts 4.3 A): what a sports bureau may need."""

    OPENNESS = "zhengwu_gongkai", _("综合政务/政务公开")
    SUPERVISION = "zhengwu_ducha", _("综合政务/政务督查")
    EMERGENCY = "yingji_guanli", _("综合政务/应急管理")
    SPORT = "tiyu", _("卫生、体育/体育")
    ECONOMY = "jingji", _("国民经济管理、国有资产监管")
    FINANCE = "caizheng", _("财政、金融、审计")
    MARKET = "shichang", _("市场监管、安全生产监管")
    BUILDING = "jianshe", _("城乡建设、环境保护")
    EDUCATION = "keji_jiaoyu", _("科技、教育")
    CULTURE = "wenhua", _("文化、广电、新闻出版")
    TRADE = "shangmao", _("商贸、海关、旅游")
    PERSONNEL = "renshi", _("劳动、人事、监察/人事工作")
    CIVIL = "minzheng", _("民政、扶贫、救灾")
    FOREIGN = "duiwai", _("对外事务")
    OTHER = "qita", _("其他")


class Genre(models.TextChoices):
    """体裁: the fifteen of 2012 (domain facts 4.3 C), and what bureaus use besides."""

    RESOLUTION = "resolution", _("决议")
    DECISION = "decision", _("决定")
    ORDER = "order", _("命令（令）")
    COMMUNIQUE = "communique", _("公报")
    PROCLAMATION = "proclamation", _("公告")
    ANNOUNCEMENT = "announcement", _("通告")
    OPINION = "opinion", _("意见")
    NOTICE = "notice", _("通知")
    CIRCULAR = "circular", _("通报")
    REPORT = "report", _("报告")
    REQUEST = "request", _("请示")
    REPLY = "reply", _("批复")
    MOTION = "motion", _("议案")
    LETTER = "letter", _("函")
    MINUTES = "minutes", _("纪要")
    PLAN = "plan", _("方案")
    RULES = "rules", _("办法、规定")
    OTHER = "other", _("其他")


class Article20(models.TextChoices):
    """主动公开 items of article 20 of the regulations of 2019 (domain facts 1.6)."""

    RULES = "01", _("（一）行政法规、规章和规范性文件")
    ORGANS = "02", _("（二）机关职能、机构设置、联系方式、负责人")
    PLANS = "03", _("（三）规划及相关政策")
    FIGURES = "04", _("（四）统计信息")
    LICENCES = "05", _("（五）行政许可和其他对外管理服务事项")
    PENALTIES = "06", _("（六）行政处罚、行政强制")
    BUDGET = "07", _("（七）财政预算、决算信息")
    CHARGES = "08", _("（八）行政事业性收费")
    PROCUREMENT = "09", _("（九）政府集中采购")
    PROJECTS = "10", _("（十）重大建设项目")
    WELFARE = "11", _("（十一）扶贫、教育、医疗、社会保障、就业")
    EMERGENCIES = "12", _("（十二）突发公共事件")
    INSPECTION = "13", _("（十三）环境、卫生、安全、质量监督检查")
    RECRUITMENT = "14", _("（十四）公务员招考")
    OTHER = "15", _("（十五）其他")
