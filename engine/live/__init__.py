"""The rim with the threads: capture thread -> one-slot mailbox -> tracking thread -> game loop.

`mailbox` (newest wins), `capture` (opens, reads, opens again), `tracking_thread` (results, none lost), `live_feed` (the
two threads as one `feed.HandFeed`), `replay_feed` (a recording as the same, without threads), `settings` (how patient).
Beside them `file_watch`: files of the player's own that are read anew when they change.
"""
