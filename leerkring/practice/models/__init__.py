"""What is kept of practice that colleagues open to each other."""
