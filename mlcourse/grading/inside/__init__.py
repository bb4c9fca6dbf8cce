"""What runs inside the sandbox. Nothing here is secret, and nothing that it says is believed."""
