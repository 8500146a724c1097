"""The edge to the broker: messages in become commands, events out become messages."""
