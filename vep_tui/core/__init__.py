"""What things mean: pure, total functions on frozen values; no files, network, clock, SQL or widgets.

Where to look, from foreign text to what a reviewer sees:

- the nouns: `models`, `process`, `world`, `sources`
- foreign text: `text`, `plain`, `refs`, `versions`, `clock`, `yamls`, `outline`, `plain_outline`, `block_lines`
- a tracker: `tracker`, and behind it `sections`, `sigs`, `gates`, `targets`, `listed`, `links_field`, `labelled`
- other files: `document`, `schedule`, `schedule_table`, `owners`, `document_path`
- GitHub's JSON: `nodes`
- its pull requests: `links`, and behind it `shelf`, `finding`, `clues`, `belonging`, `kinds`, `candidates`, `landing`
- evidence: `evidence`, `evidence_code`, `evidence_docs`, `evidence_done`, `evidence_bugs`, `evidence_approval`,
  `scope`, `subject`
- the tracker's slips: `lint`, `block`
- the checklist: `checklist`; its comment `comment`, `tasklist`, `marker`, `prose`
- what needs me: `queue`, `vep_reasons`, `pull_reasons`, `graduation`, `exceptions`, `stance`, `cycle`, `focus`
- who said what: `signoff`, `checkin`, `answers`, `commands`, `offers`
- asking the queue: `filter`, `query`, `fields`, `completion`, `views`
- what the user has named to be run: `shell`
- writing for the list `report`
- all of it together: `vep`
"""
