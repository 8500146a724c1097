"""Loudspeakers of this machine: announcements mixed from clips and played one after the other."""
