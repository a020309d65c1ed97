"""上报稿件: drafts for the provincial government, reviewed, sent and recorded. No web pages."""
