"""The citizen's phone page: my number, how long still, your turn."""
