"""Movements: the path of one hand, its forms and its recorded examples, and what two hands do together."""
