"""The command line; `main` imports nothing scientific until a command asks for it."""
