"""Mail that tells what waits in the inbox: `rhythm` says when, `readers` for whom, `letter` in which words, `post`
hands it over, and `rounds` does it all, every few minutes."""
