"""What a user can do with a course, one module a step: new, check, draw, print, score, status, results, report, demo.

The command line and the phones' pages call these and nothing below them.
"""
