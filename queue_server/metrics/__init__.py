"""Open figures for monitoring: what a Prometheus server may read of a running office."""
