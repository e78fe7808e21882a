"""Figure of a bridge: how far numbers must move before a deal opens."""
