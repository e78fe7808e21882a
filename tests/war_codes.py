"""Codes of a case with a war that names no kinds of deal, spelt out so that tests do not ask the code under test."""

KINDS = ("truce", "partial", "settlement")
DECLARED = (*KINDS, "none")
ENDINGS = (*KINDS, "stalemate", "war")
STATES = ("talking", "fighting on", "agreed, not yet in force", *KINDS, "broken down", "decided by arms")
