"""修订历史: the public change log of policy documents."""
