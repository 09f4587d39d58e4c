"""Everything that does not draw: models, rules, queries, actions, the engine. Never imports streamlit."""
