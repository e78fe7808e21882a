"""Which deals are efficient or fair: cooperative solutions on finite sets and lottery hulls."""
