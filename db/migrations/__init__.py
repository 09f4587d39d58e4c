"""The schema's history. `db.upkeep.schema` runs it; `freeze` writes the first revision anew."""
