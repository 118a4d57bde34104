"""The commission of one question to one partner."""
