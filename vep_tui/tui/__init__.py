"""What you see: reads the desk, never the network; `app.VepApp` is its only way in, `commands` its table of keys.

Where to look:

- the app: `app`, its `messages`, the `bench` it hands to all `screens`; what leans on Textual's insides: `private`
- keys: `commands`, `bindings`, `palette`, and `key_slips` in those of one's own; what a key does is a method
  `action_NAME`, most of them in `screens`
- the queue: `queue_pane`, a row of it `queue_row`, the `filter_line`
- the detail: `detail_pane`, its tabs `overview`, `pulls`, `conversation` and, by `markdown`, the document
- a page of it: written on a `sheet` in the circumstances of a `scene`, laid out by `painter` with `ink`, shown by
  `lines`
- the checklist: `checklist_pane`, `item_lines`, `voices`
- around the panes: `bars`, `tracks`, `layout`, `handle`, `scroll_bars`; under them: `ground`
- lists: `cursor_list`, `pick_list`, `settings_list`; the settings behind the last: `preferences`
- how things look: the `look` that the settings ask for, `themes`, `glyphs`, `when`; the last door before the terminal:
  `ascii_only`
- out of the terminal: `links`, `outside`
"""
