"""What is said, as a sequence of clip names; knows no sound, no file and no clock."""
