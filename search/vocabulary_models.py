"""What the office teaches the search, as rows: `search/vocabulary.py` makes one of them all.

Every word is folded when it is compared (`analysis.fold`), and kept as it was typed.
"""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from page_types.publication.models import Column
from page_types.publication.snapshot import snapshot
from search.analysis import fold, tokens_of

#: What may stand between the words of one group.
BETWEEN = re.compile(r"[=＝、，,；;\n\r\t]+")
#: Code of the error that an entry, or a word of it, is there already.
TAKEN = "taken"
#: A single character means too much to be another word for something.
SHORTEST = 2


def folded(text):
    """A word or query as it is compared: folded, one space between its parts."""
    return " ".join(fold(text).split())


def words_in(text):
    """The words of a group, as typed, each once; separated by = 、 ， or a new line."""
    found = {}
    for word in BETWEEN.split(text):
        if word := " ".join(word.split()):
            found.setdefault(folded(word), word)
    return list(found.values())


class Taught(models.Model):
    """What every entry has: why it is there, and when it was last touched."""

    note = models.CharField(_("说明"), max_length=200, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        abstract = True


class Synonym(Taught):
    """同义词: a group of words; whoever looks for one of them looks for the others too."""

    words = models.CharField(
        _("同义词"),
        max_length=500,
        help_text=_(
            "用顿号或等号分隔，例如：奥运、奥林匹克运动会。检索其中一个，也会检索其余各个。"
        ),
    )
    active = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = _("同义词")
        verbose_name_plural = _("同义词")
        ordering = ["words"]

    def __str__(self):
        return self.words

    def clean(self):
        """At least two words of two characters, none of them in another group."""
        words = words_in(self.words)
        if short := [word for word in words if len(folded(word)) < SHORTEST]:
            raise ValidationError(
                {"words": _("“%(word)s”只有一个字，请写完整的词。") % {"word": short[0]}}
            )
        if len(words) < 2:
            raise ValidationError({"words": _("请写至少两个词，用顿号或等号分隔。")})
        mine = set(map(folded, words))
        for other in Synonym.objects.exclude(pk=self.pk):
            if both := [word for word in words_in(other.words) if folded(word) in mine]:
                raise ValidationError(
                    {
                        "words": ValidationError(
                            _("“%(word)s”已在另一组“%(group)s”中，请在那一组里修改。"),
                            TAKEN,
                            {"word": both[0], "group": other.words},
                        )
                    }
                )
        self.words = "、".join(words)


class Word(Taught):
    """A word that is entered once; folded, it is `key`."""

    word = models.CharField(_("词语"), max_length=60)
    key = models.CharField(max_length=120, unique=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["word"]

    def __str__(self):
        return self.word

    def save(self, *args, **kwargs):
        self.key = folded(self.word)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "key"}
        super().save(*args, **kwargs)

    def clean(self):
        """It says something, and is not there already."""
        self.word = " ".join(self.word.split())
        if self.word and not tokens_of(fold(self.word)):
            raise ValidationError({"word": _("请写汉字、字母或数字。")})
        if type(self).objects.filter(key=folded(self.word)).exclude(pk=self.pk).exists():
            told = _("“%(word)s”已经有了。")
            raise ValidationError({"word": ValidationError(told, TAKEN, {"word": self.word})})


class DictionaryWord(Word):
    """词典: a word that the dictionary would cut apart; names of columns and departments count."""

    class Meta(Word.Meta):
        verbose_name = _("词典")
        verbose_name_plural = _("词典")


class StopWord(Word):
    """停用词: left out of questions; or, against the standard list, kept."""

    stops = models.BooleanField(
        _("不参加检索"),
        default=True,
        help_text=_("取消勾选，则标准停用词表中的这个词也照常参加检索。"),
    )

    class Meta(Word.Meta):
        verbose_name = _("停用词")
        verbose_name_plural = _("停用词")


class HiddenQuery(Word):
    """不显示的检索词: a popular query with this in it is shown to nobody."""

    class Meta(Word.Meta):
        verbose_name = _("不显示的检索词")
        verbose_name_plural = _("不显示的检索词")


class ColumnBoost(Taught):
    """栏目权重: what is in the column comes earlier or later."""

    class Points(models.IntegerChoices):
        """What is added to the score; the words in a title are worth some 15 to 25."""

        MUCH_LATER = -8, _("明显靠后")
        LATER = -4, _("稍靠后")
        EARLIER = 4, _("稍靠前")
        MUCH_EARLIER = 8, _("明显靠前")

    column = models.OneToOneField(Column, models.CASCADE, verbose_name=_("栏目"), related_name="+")
    points = models.SmallIntegerField(_("排序"), choices=Points.choices, default=Points.EARLIER)

    class Meta:
        verbose_name = _("栏目权重")
        verbose_name_plural = _("栏目权重")
        ordering = ["column__position"]

    def __str__(self):
        return f"{self.column_title}：{self.get_points_display()}"

    @property
    def column_title(self):
        """The column as the menu calls it, below which others it stands."""
        node = snapshot().by_id.get(self.column_id)
        return " › ".join(each.title for each in node.line) if node else str(self.column)


class PinnedResult(models.Model):
    """推荐结果: what comes first when exactly this is asked for, lower positions before higher."""

    query = models.CharField(_("检索词"), max_length=120)  # folded
    source = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    title = models.CharField(_("标题"), max_length=500)  # when it was pinned
    position = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("推荐结果")
        verbose_name_plural = _("推荐结果")
        ordering = ["query", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["query", "source", "object_id"], name="search_pin_once")
        ]

    def __str__(self):
        return f"{self.query}：{self.title}"


class FirstWord(models.Model):
    """A first entry of the plan that has been given once: what editors made of it since stays."""

    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("初始词条")
        verbose_name_plural = _("初始词条")
        constraints = [
            models.UniqueConstraint(fields=["kind", "words"], name="search_first_word_once")
        ]

    def __str__(self):
        return self.words
