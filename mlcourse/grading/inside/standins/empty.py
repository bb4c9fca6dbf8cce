"""Nothing: what is here outside of the sandbox is not for submissions to read."""
