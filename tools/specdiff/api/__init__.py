"""What changed between two APIs, their schemas apart."""
