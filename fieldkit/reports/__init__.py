"""Evaluation reports for trainees, stations and the course, as PDF."""
