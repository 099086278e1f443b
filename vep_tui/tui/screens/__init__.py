"""The screens: the main one with its three panes, and what opens over it; none reads a store or the network itself.

Where to look:

- the main screen is one class, grown in steps that each hold one kind of key, a file each, every one on the one before:
  `frame`, `panes`, `arranging`, `ticking`, `acts`, `acts_letters`, `acts_once`, `acts_snooze`, `linking`, `local`,
  `filtering`, `noticing`, `session`, `queueing`, `main`
- what opens over it: `over` (the base of all), `help`, `why`, `facts`, `calendar`, `outbox`, `settings`,
  `theme_choice`, `first`
- where something is written or chosen: `editor`, `block`, `letter`, `acts_ask`, `acts_checkin`, `acts_prow`,
  `acts_sigs`
- second keys and letters: `go_to`, `jump`
"""
