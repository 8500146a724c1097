"""The hall display and the counter displays: what is being called, where to go, how long it takes."""
