"""The screens: the main one with its three panes, and what opens over it; none reads a store or the network itself."""
