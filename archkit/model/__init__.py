"""The blueprint's records, one module for each section."""
