"""Data files of the project (sounds, pictures), all made by the scripts beside them."""
