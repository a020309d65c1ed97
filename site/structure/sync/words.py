"""First entries of the site search, from the file beside the plan."""

from pathlib import Path

import yaml

from search import first_words
from structure.sync.run import Refused

FILE = "search_words.yaml"


def apply(report, plan_file):
    """Give what has not been given yet; a plan without the file beside it has none."""
    file = Path(plan_file).with_name(FILE)
    if file.exists():
        added = first_words.give(_entries(file))
        if added:
            report.change("+", "检索词条", "words of the search", added)


def _entries(file):
    """What the file says; Refused if that is no list of words for each known name."""
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Refused(f"{file.name} 读不出，请改正后再运行 / cannot be read: {error}") from error
    known = "、".join(first_words.KINDS)
    if not isinstance(entries, dict) or not entries.keys() <= first_words.KINDS.keys():
        raise Refused(f"{file.name} 只能有 {known} 几项 / may hold nothing but: {known}")
    for name, words in entries.items():
        if not isinstance(words, list) or not all(isinstance(each, str) for each in words):
            raise Refused(f"{file.name} 的 {name} 应是词语的列表 / must be a list of words: {name}")
    return entries
