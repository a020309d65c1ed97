"""What is owed when a text is written or out: notes of documents, looks at public pages.

`reporting.py`: 两个工作日规则 (the plan, note 2).
`looking.py`, `follower.py`, `visit.py`: 发布后检查 (the plan, part four (二)).
"""
