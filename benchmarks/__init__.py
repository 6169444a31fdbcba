"""Benchmarks: how fast, how small and how clear, beside other tools."""
