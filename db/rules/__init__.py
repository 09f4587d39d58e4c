"""The rules of the house: pure functions of plain values. No input or output, no database, no clock."""
