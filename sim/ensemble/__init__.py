"""What is asked, and worlds played as they are asked."""
