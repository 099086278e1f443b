"""The screens: the main one with its three panes, and what opens over it; none reads a store or the network itself.

Where to look:

- the main screen is one class, grown in steps, each on the one before and in a file of its own: its parts `frame`,
  the panes and their focus `panes`, shares, zoom and jumps `arranging`, undo `undoing`, ticks `ticking`, comments,
  check-ins and Prow commands `acts`, letters `acts_letters`, what is asked once `acts_once`, snoozes `acts_snooze`,
  links and copies `linking`, the app's own commands `local`, views, sort and filter `filtering`, what is new
  `noticing`, what the next session finds `session`, the rows `queueing`, and all of it `main`
- what opens over it, on the base `over`: `help`, the weights of a row `why`, evidence and docs candidates `facts`,
  `calendar`, `outbox`, `settings`, `theme_choice`, the start without a token `first`
- where something is written or chosen: any text `editor`, the tracker's section `block`, a letter `letter`, one line
  `acts_ask`, a check-in `acts_checkin`, a Prow command `acts_prow`, my SIGs `acts_sigs`
- second keys and letters: `go_to`, `jump`
"""
