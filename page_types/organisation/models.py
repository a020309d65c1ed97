"""Departments, users and the posts they hold.

The first migration of this app must never depend on Wagtail: `AUTH_USER_MODEL` lives here, and
Wagtail's own first migration depends on it.
"""

from django.contrib.auth.models import AbstractUser, Group
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Department(models.Model):
    """处室 or 直属单位. Made by the plan (`site/structure/columns.yaml`), never deleted."""

    code = models.SlugField(_("代码"), unique=True, help_text=_("栏目规划文件中的部门标识"))
    name = models.CharField(_("名称"), max_length=100)
    full_name = models.CharField(_("全称"), max_length=100, blank=True)
    affiliated = models.BooleanField(_("直属单位"), default=False)
    position = models.PositiveIntegerField(_("排序"), default=0)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("部门")
        verbose_name_plural = _("部门")

    def __str__(self):
        return self.name


class User(AbstractUser):
    """A person who signs in. What he may do follows from his appointments (`duties`)."""

    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=_("所在部门")
    )
    must_change_password = models.BooleanField(
        _("首次登录须修改密码"),
        default=False,
        editable=False,
        help_text=_("密码由他人设定，本人尚未改过"),
    )

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")

    def __str__(self):
        return self.get_full_name() or self.username

    def get_full_name(self):
        """Chinese order: family name first, nothing between."""
        return f"{self.last_name}{self.first_name}".strip()

    def set_password(self, raw_password):
        """A password is its owner's own, unless whoever sets it says otherwise afterwards."""
        super().set_password(raw_password)
        self.must_change_password = False

    def delete(self, *args, **kwargs):
        """People sign the ledger and the logs: they are deactivated, never deleted."""
        raise ValidationError(_("用户不能删除，请改为停用：其名字留在发布台账与审核记录中。"))


class Post(models.TextChoices):
    """岗位 (design, chapter 6)."""

    OFFICER = "officer", _("信息员")
    REVIEWER = "reviewer", _("处室审核人")
    LEADER = "leader", _("分管局领导")
    PRINCIPAL = "principal", _("主要领导")
    OFFICE = "office", _("办公室")
    CENTRE = "centre", _("信息中心")
    ADMINISTRATOR = "administrator", _("系统管理员")


#: Posts that are held for one named department (a leader in charge: one appointment for each).
DEPARTMENT_POSTS = (Post.OFFICER, Post.REVIEWER, Post.LEADER)


class AppointmentQuerySet(models.QuerySet):
    """Appointments by the day on which they hold."""

    def current(self, day=None):
        """Those in force on `day` (today in local time if not given)."""
        day = day or timezone.localdate()
        return self.filter(
            Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day)
        )


class Appointment(models.Model):
    """任职: a user holds a post, for a department where the post asks for one, between two days.

    A deputy is an appointment with dates and `deputy_for`; whoever is moved gets an end date.
    """

    user = models.ForeignKey(
        User, models.CASCADE, related_name="appointments", verbose_name=_("用户")
    )
    post = models.CharField(_("岗位"), max_length=20, choices=Post.choices)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name=_("部门")
    )
    starts = models.DateField(_("自"), null=True, blank=True)
    ends = models.DateField(_("至（含当日）"), null=True, blank=True)
    deputy_for = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name=_("代行谁的职责"),
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = [
            models.CheckConstraint(
                name="appointment_department_as_post_asks",
                condition=(
                    Q(post__in=DEPARTMENT_POSTS, department__isnull=False)
                    | (~Q(post__in=DEPARTMENT_POSTS) & Q(department__isnull=True))
                ),
                violation_error_message=_(
                    "信息员、处室审核人、分管局领导须指定部门；其他岗位不指定部门。"
                ),
            ),
            models.CheckConstraint(
                name="appointment_dates_in_order",
                condition=Q(starts__isnull=True)
                | Q(ends__isnull=True)
                | Q(ends__gte=models.F("starts")),
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
        ]

    def __str__(self):
        where = f"·{self.department}" if self.department else ""
        return f"{self.user} {self.get_post_display()}{where}"


class PostGroup(models.Model):
    """The Django group that carries a post's admin grants: one per post (and department)."""

    post = models.CharField(max_length=20, choices=Post.choices)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True)
    group = models.OneToOneField(Group, models.CASCADE, related_name="post")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "department"], name="post_group_once_a_department"
            ),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(department__isnull=True),
                name="post_group_once_bureau_wide",
            ),
        ]

    def __str__(self):
        return str(self.group)


class CalendarDay(models.Model):
    """A day that differs from what the calendar says: a holiday, or a weekend that is worked."""

    date = models.DateField(_("日期"), unique=True)
    is_workday = models.BooleanField(_("上班"), help_text=_("不选即为放假"))
    name = models.CharField(
        _("名称"), max_length=40, blank=True, help_text=_("如“春节”“国庆节调休”")
    )

    class Meta:
        ordering = ["-date"]
        verbose_name = _("工作日安排")
        verbose_name_plural = _("工作日安排")

    def __str__(self):
        return f"{self.date:%Y-%m-%d} {_('上班') if self.is_workday else _('放假')} {self.name}"


class CalendarYear(models.Model):
    """A year whose holidays the bureau has entered: its other days are Monday to Friday."""

    year = models.PositiveSmallIntegerField(_("年份"), unique=True)
    loaded_at = models.DateTimeField(_("载入时间"), default=timezone.now)
    loaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("已载入的年份")

    def __str__(self):
        return str(self.year)
