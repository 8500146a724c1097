"""LEAF: who may sign in, as values and a port; storage keeps them, the pages ask."""
