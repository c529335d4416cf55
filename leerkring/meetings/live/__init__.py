"""The live room: what happens on the screens while a meeting is held.

`steps` says what is played, `acts` what may be sent, `room` what an act does, `view` who sees what: these know no
database and no network. `store` keeps every act, `hub` lets everyone in a room see it, `socket` is the way to it.
"""
