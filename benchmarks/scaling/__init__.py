"""Scaling: the same tasks here, on more and more processes, and on a Dask cluster of this machine."""
