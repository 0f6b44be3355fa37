"""Where scenes live: window, fixed-step loop, theme, widgets, sound, the hand drawn as light.

`app` runs the loop, `scene` is the protocol, `theme` the look; `hand_view` draws hands, `sound` plays.
"""
