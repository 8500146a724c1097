"""One module and one .kv a screen: the .kv says what stands where, the module fills it from a view."""
