"""How fast and how large kg is beside others, and beside itself: `make bench`."""
