"""The manager's live page: waits of today against the targets."""
