"""Wagtail reads this module for its hooks: the screen 数据导出."""

from exports.desk import hooks as desk_hooks  # noqa: F401  Wagtail calls them
