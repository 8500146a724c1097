"""The estimator's own process: snapshots in, estimates out."""

from queue_server.predictor.answer import Estimator
from queue_server.predictor.child import serve

if __name__ == "__main__":
    serve(Estimator().answer)
