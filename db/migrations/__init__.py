"""The schema's history: `freeze` writes a revision's SQL, `steps` carries it out, `db.upkeep.schema` runs it."""
