"""What a field may hold: shapes read values from a tree and describe themselves as JSON Schema."""
