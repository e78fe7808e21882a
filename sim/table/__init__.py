"""Deals and what they are worth to everybody, as arrays over draws."""

from sim.table.bargaining_table import KINDS as KINDS
from sim.table.bargaining_table import BargainingTable as BargainingTable
from sim.table.signing_rule import SigningRule as SigningRule
