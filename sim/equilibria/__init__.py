"""Where is what theory says: closed forms and equilibria."""
