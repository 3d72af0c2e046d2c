"""What a user can do with a course, by the time at which it is done.

The command line calls these and nothing below them.
"""
