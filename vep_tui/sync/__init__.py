"""Moving one to the other: what GitHub says into the mirror, and what people wish onto GitHub.

Where to look:

- when: `engine`, and its `messages`; one sync from beginning to end: `run`, `progress`, `report`
- sending: `push`, `conflict`; what became of it: `settle`, `outcome`, `thread`
- fetching: `pull` decides what, `sweep` whether anything changed; each part is an `errand`
- the parts: `issues`, `files`, `board`, `bugs`, `branches`, `reverts`, `evidence`, `lookups`, `recent`, `watches`
- GitHub's pages and JSON: `pages`, `overflow`, `shapes`
"""
