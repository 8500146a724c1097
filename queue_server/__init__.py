"""The queue server: decides, journals, folds and tells."""
