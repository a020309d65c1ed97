"""邮件订阅: what is new in a column, by mail, to whoever asked for it and confirmed."""
