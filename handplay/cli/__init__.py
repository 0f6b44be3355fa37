"""The command line: one small module a command. The only place that prints."""
