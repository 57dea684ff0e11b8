"""What comes in becomes clean text. Plain Python, no Django, no state."""
