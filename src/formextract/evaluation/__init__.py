"""Simulated printer and scanner, metrics, fitted calibration and reports.

    seed -> forms (record + HTML) -> printer (PDF + boxes) -> scanner (images) -> files + truth
    files + truth + an extract function -> metrics -> report, calibration

Everything invented here is drawn from a seed, so that a sample can be made again anywhere.
"""
