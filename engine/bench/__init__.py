"""Measures this machine: what each stage of a frame costs, and how many frames a second come out of the whole chain.

`stages` puts clocks round the stages from outside, so that they cost nothing while nobody measures; `film` is a source
that hands out prepared pictures as a webcam would; `runs` are the measurements behind `handplay bench`.
"""
