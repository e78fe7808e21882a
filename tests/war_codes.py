"""Codes of a case with a war that names no kinds of deal, spelt out so that tests do not ask the code under test."""

KINDS = ("truce", "partial", "settlement")
DECLARED = (*KINDS, "none")
ENDINGS = (*KINDS, "stalemate", "war")
STATES = (*KINDS, "fighting_without_deal", "fighting_after_broken_deal", "A_prevailed", "B_prevailed")
