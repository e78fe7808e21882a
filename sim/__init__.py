"""Negotiation game theory from a news article: uncertain, sourced inputs; a distribution, a map and a reason out."""
