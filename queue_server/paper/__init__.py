"""Leaf: from HTML to PDF, in a process of its own that opens no address and knows the packaged fonts only."""
