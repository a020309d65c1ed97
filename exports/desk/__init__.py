"""数据导出: the screen of the admin."""
