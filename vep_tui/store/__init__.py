"""What we know, in SQLite: the mirror of GitHub (rebuildable) and the outbox (never lost); never a network.

Where to look:

- the one door for screens and commands: `desk`; what it hands out: `header`, `assembled`
- the mirror: `mirror`, `mirrored`, `threads`, `linked`; `gathering` collects one VEP from it, `readings` keeps
  what documents say
- who is who and when what is: `standing`
- the queue: `entries` makes a row's columns and tags, `refreshing` all rows that a change touches, `projection` reads
  them, `rows` one of them, `noted` lays the outbox over them; `marks` finds pull requests
- filters: `sets`, `filter_sets`
- the outbox: `outbox`, `wishes`, `deliveries`, `lease`, `salvage`, `mending`; notes that are never sent: `local`
- both files: `database`, `schema`, `errors`; one that is damaged: `aside`
"""
