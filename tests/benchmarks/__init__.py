"""Measurements, never tests: `make bench` prints them with the machine named."""
