"""What things mean: pure, total functions on frozen values; no files, network, clock, SQL or widgets."""
