"""Who is looking: sign-in, sessions, look as."""
