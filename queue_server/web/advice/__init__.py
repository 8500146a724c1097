"""One press on what is advised: a supervisor gives a counter its extra service."""
