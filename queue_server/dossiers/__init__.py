"""What became of people's papers: dossiers, where they come from, and what may be told of them."""
