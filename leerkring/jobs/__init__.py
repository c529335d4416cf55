"""Work that outlives a request: asked for in the transaction that needs it, done once its row is due.

    from leerkring.jobs.queue import enqueue, handles

    enqueue("import.file", {"upload": upload.pk}, unique=f"upload:{upload.pk}")   # in a verb

    @handles("import.file")                                                       # in <app>/jobs.py
    def import_file(run: Run) -> None: ...

A payload holds ids only, never texts or names. A handler may be run again after a crash: either it can bear
that, or it ends with `run.complete()` inside the transaction that holds its result.
"""
