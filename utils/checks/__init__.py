"""Checks that tell a learner whether an exercise is solved, one module a chapter.

A page imports its own: ``from utils.checks import convolution as check``.
"""
