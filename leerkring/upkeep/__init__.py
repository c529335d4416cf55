"""The keeping of an instance: its beginning, its health, backup and restore, and the administrator's page.

Nothing of what communities made is read here, not even the name of a community; a backup carries it unread.
"""
