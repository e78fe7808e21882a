"""What every figure stands in: the page with title and caption, the house style, places for labels, files."""
