"""信用信息双公示: administrative licences and penalties that the public can check."""
