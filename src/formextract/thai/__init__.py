"""Thai text, figures, dates, money, names and places: pure functions without any other room's types."""
