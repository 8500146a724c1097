"""Who is at the keyboard: sign-in, sessions, rights."""
