"""Measures accuracy and speed on public development sets, against pinned floors."""
