"""The rim with the threads: capture thread -> one-slot mailbox -> tracking thread -> game loop.

`mailbox` (newest wins), `capture`, `tracking_thread`, `feed` (what a game loop takes from: live or a recording).
"""
