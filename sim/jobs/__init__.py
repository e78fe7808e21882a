"""What is asked, done from end to end: played, looked at, kept; for the command line and for Python alike.

A job takes what is asked, makes the folder before anything is played, plays, looks closer, and keeps the answer.
It stands above the report, whose answers it keeps, and below the command line and the viewer, which only call it.
"""
