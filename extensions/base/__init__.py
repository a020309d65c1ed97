"""What every extension stands on."""
