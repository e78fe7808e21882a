"""Talks driven, agreements played out in time, outcomes collected."""

from sim.engine.negotiation import negotiate as negotiate
