"""The broker: an embedded NATS server, who may do what on it, and the files for mosquitto."""
