"""The gesture studio: scenes to try gestures live and to record one of your own."""
