"""The two tables of 双公示, in the layout of 2018. Changed by `services` and imports alone."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from extensions.base.models import ReviewedRecord
from extensions.base.records.history import TrackedRecord
from extensions.credit import personal
from extensions.credit.layouts import items_of
from extensions.credit.models.lists import PublicityRule
from extensions.credit.models.states import PERSON, RecordQuerySet, State
from extensions.credit.secrets import SecretField, digest_of, masked, masked_name
from page_types.organisation.models import Department


def _text(label, length, **more):
    return models.CharField(label, max_length=length, blank=True, **more)


class CreditRecord(TrackedRecord, ReviewedRecord):
    """What licences and penalties share: the party, the decision, the review, the publicity.

    `due_on` is the last day on which it must be public (7 working days after the decision);
    `shown_until` the last day on which it is shown, None without end.
    """

    State = State

    name = models.CharField(_("行政相对人名称"), max_length=200, db_index=True)
    party_kind = models.CharField(_("行政相对人类别"), max_length=16)
    credit_code = _text(_("统一社会信用代码"), 18, db_index=True)
    business_number = _text(_("工商注册号"), 50)
    organisation_code = _text(_("组织机构代码"), 9)
    tax_number = _text(_("税务登记号"), 20)
    institution_number = _text(_("事业单位证书号"), 12)
    social_number = _text(_("社会组织登记证号"), 50)
    legal_person = _text(_("法定代表人"), 50)
    legal_id_kind = _text(_("法定代表人证件类型"), 64)
    legal_id = SecretField(_("法定代表人证件号码"), blank=True, max_length=64)
    person_id_kind = _text(_("证件类型"), 64)
    person_id = SecretField(_("证件号码"), blank=True, max_length=64)
    # By which a person's number is found, without being read (`secrets.digest_of`).
    legal_id_digest = models.CharField(max_length=64, blank=True, editable=False)
    person_id_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    decided_on = models.DateField(_("决定日期"))
    issuer = models.CharField(_("决定机关"), max_length=200)
    issuer_code = _text(_("决定机关统一社会信用代码"), 18)
    source_name = _text(_("数据来源单位"), 200)
    source_code = _text(_("数据来源单位统一社会信用代码"), 18)
    remark = models.TextField(_("备注"), max_length=4000, blank=True)
    # Of the template of 2016; the standard of 2018 has no such column.
    area_code = _text(_("地方编码"), 6)
    # The year of the layout by whose rules it was taken in: that of 2016 asks for less.
    layout = models.PositiveSmallIntegerField(default=2018, editable=False)

    department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", verbose_name=_("承办处室")
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    # Raised by every save: what somebody else has changed meanwhile is not written over.
    version = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False,
        verbose_name=_("录入人"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("录入时间"), editable=False)
    changed_at = models.DateTimeField(_("变动时间"), editable=False, db_index=True)
    due_on = models.DateField(_("应公示日期"), editable=False)
    public_on = models.DateField(_("公示日期"), null=True, editable=False)
    shown_until = models.DateField(_("公示至"), null=True, editable=False)
    corrected_on = models.DateField(_("更正日期"), null=True, editable=False)
    ended_on = models.DateField(_("停止公示日期"), null=True, editable=False)
    # Withdrawn: the day on which the decision was changed, revoked or found void.
    cause_on = models.DateField(_("变更、撤销日期"), null=True, editable=False)

    objects = RecordQuerySet.as_manager()

    chain = "credit"
    hands_on = ("credit.write", "credit.create", "credit.import")
    secret_fields = ("legal_id", "person_id")
    unshown_fields = ("legal_id_digest", "person_id_digest", "version", "changed_at", "layout")
    #: What only a verb may change; the columns of the standard are the rest.
    kept_on_revert = (
        "legal_id_digest", "person_id_digest", "layout", "department", "state", "version",
        "created_by", "created_at", "changed_at", "due_on", "public_on", "shown_until",
        "corrected_on", "ended_on", "cause_on", "severity", "min_until", "max_until",
        "shown_anyway",
    )  # fmt: skip
    #: "licence" or "penalty": the name of the table everywhere.
    kind = ""

    class Meta:
        abstract = True
        ordering = ["-decided_on", "-pk"]

    def __str__(self):
        return f"{self.document_number} {self.shown_name}"

    def needs_reason(self):
        return self.public_on is not None

    def save(self, *args, **kwargs):
        self.refresh_digests()
        super().save(*args, **kwargs)

    def refresh_digests(self):
        """Bring the digests in line with the numbers; imports that save in bulk call it."""
        self.legal_id_digest = digest_of(self.legal_id)
        self.person_id_digest = digest_of(self.person_id)

    # -- what may be shown ---------------------------------------------------------------------

    @property
    def is_person(self):
        """Whether the party is a natural person."""
        return self.party_kind == PERSON

    @property
    def shown_name(self):
        """The party's name as anybody outside may read it."""
        return masked_name(self.name) if self.is_person else self.name

    def shown(self, attr):
        """A field as visitors may read it: a natural person's name masked wherever it stands."""
        value = getattr(self, attr)
        if attr in self.secret_fields:
            return masked(value)
        if attr == "name":
            return self.shown_name
        if isinstance(value, str):
            name = self.name if self.is_person else ""
            value = personal.hidden(value, filter(None, (self.person_id, self.legal_id)), name)
        return value

    @property
    def is_late(self):
        """Whether it became public after its day, or has not and the day has passed."""
        if not self.public_on and self.state not in (State.DRAFT, State.IN_REVIEW):
            return False
        return (self.public_on or timezone.localdate()) > self.due_on

    @property
    def withdrawn_late(self):
        """Whether it was taken back more than three days after the decision ceased to stand."""
        if self.state != State.WITHDRAWN or not self.cause_on:
            return False
        return self.ended_on > self.cause_on + timedelta(days=settings.CREDIT_WITHDRAW_DAYS)

    @property
    def is_shown(self):
        """Whether visitors may see it in full today."""
        return self.state == State.PUBLIC and (
            self.shown_until is None or self.shown_until >= timezone.localdate()
        )

    @property
    def public_status(self):
        """What visitors are told of its state: a key of `lists.STATUSES`."""
        if self.state == State.WITHDRAWN:
            return "withdrawn"
        return "corrected" if self.corrected_on else "public"

    def get_absolute_url(self):
        return reverse(f"credit_{self.kind}", args=[self.pk])

    @property
    def items(self):
        """The columns of its table, by attribute."""
        return items_of(self.kind)

    def values(self):
        """Attribute -> value of every column of its table."""
        return {attr: getattr(self, attr) for attr in self.items}

    # -- review ---------------------------------------------------------------------------------

    def departments_in_review(self):
        return {self.department_id}

    def content_to_seal(self):
        values = {name: str(value or "") for name, value in self.values().items()}
        return {**values, "department": self.department_id}

    def review_url(self):
        return reverse("credit:detail", args=[self.kind, self.pk])

    def further_hands(self):
        return {self.created_by_id}  # an import logs no act for each row

    def review_ended(self, review, user):
        from extensions.credit import services

        services.after_review(self, review, user)


class Licence(CreditRecord):
    """行政许可."""

    kind = "licence"

    document_name = models.CharField(_("行政许可决定文书名称"), max_length=64)
    document_number = models.CharField(_("行政许可决定文书号"), max_length=64, db_index=True)
    licence_kind = models.CharField(_("许可类别"), max_length=256)
    certificate_name = _text(_("许可证书名称"), 64)
    licence_number = _text(_("许可编号"), 64)
    content = models.TextField(_("许可内容"), max_length=4000)
    valid_from = models.DateField(_("有效期自"))
    valid_to = models.DateField(_("有效期至"))
    current_state = models.CharField(_("当前状态"), max_length=1, default="1")

    class Meta(CreditRecord.Meta):
        verbose_name = _("行政许可")
        verbose_name_plural = _("行政许可")
        indexes = [
            models.Index(fields=["state", "-decided_on", "-id"], name="credit_licence_state"),
            models.Index(fields=["-decided_on", "-id"], name="credit_licence_decided"),
            models.Index(fields=["department", "state"], name="credit_licence_department"),
            models.Index(fields=["state", "due_on"], name="credit_licence_due"),
            models.Index(fields=["state", "-public_on", "-id"], name="credit_licence_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "document_number"], name="credit_licence_number_once"
            )
        ]

    @property
    def subject(self):
        """What it is about, in a line."""
        return self.shown("certificate_name") or self.shown("document_name")


class Penalty(CreditRecord):
    """行政处罚. Amounts are in 万元 (10,000 yuan)."""

    kind = "penalty"

    document_number = models.CharField(_("行政处罚决定书文号"), max_length=128, db_index=True)
    conduct = models.TextField(_("违法行为类型"), max_length=2000)
    facts = models.TextField(_("违法事实"), max_length=4000)
    basis = models.TextField(_("处罚依据"), max_length=4000)
    penalty_kinds = models.CharField(
        _("处罚类别"), max_length=200, help_text=_("有多种的，用“；”分开")
    )
    content = models.TextField(_("处罚内容"), max_length=4000)
    fine = models.DecimalField(
        _("罚款金额（万元）"), max_digits=16, decimal_places=6, null=True, blank=True
    )
    confiscated = models.DecimalField(
        _("没收违法所得、没收非法财物的金额（万元）"),
        max_digits=16, decimal_places=6, null=True, blank=True,
    )  # fmt: skip
    seized = _text(_("暂扣或吊销证照名称及编号"), 200)
    valid_until = models.DateField(_("处罚有效期"))
    publicity_until = models.DateField(_("公示截止期"), null=True, blank=True)
    severity = models.CharField(
        _("公示档次"), max_length=10, choices=PublicityRule.Severity.choices, blank=True,
        help_text=_("不选时按处罚类别确定"),
    )  # fmt: skip
    # From when the party may ask for repair, to when it may be shown at most.
    min_until = models.DateField(_("最短公示至"), null=True, editable=False)
    max_until = models.DateField(_("最长公示至"), null=True, editable=False)
    # What the bureau decided against the rule: that a light one is shown all the same.
    shown_anyway = models.BooleanField(default=False, editable=False)

    class Meta(CreditRecord.Meta):
        verbose_name = _("行政处罚")
        verbose_name_plural = _("行政处罚")
        indexes = [
            models.Index(fields=["state", "-decided_on", "-id"], name="credit_penalty_state"),
            models.Index(fields=["-decided_on", "-id"], name="credit_penalty_decided"),
            models.Index(fields=["department", "state"], name="credit_penalty_department"),
            models.Index(fields=["state", "due_on"], name="credit_penalty_due"),
            models.Index(fields=["state", "-public_on", "-id"], name="credit_penalty_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "document_number"], name="credit_penalty_number_once"
            )
        ]

    @property
    def subject(self):
        """What it is about, in a line."""
        return self.shown("conduct")


#: Name of a table -> its model.
KINDS = {model.kind: model for model in (Licence, Penalty)}
