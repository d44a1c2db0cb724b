"""Files to passages: finding the files of a corpus, reading them, cutting them."""
