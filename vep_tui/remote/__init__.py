"""What GitHub says: the only door to the network; it decides nothing and stores nothing."""
