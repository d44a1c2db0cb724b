"""Characters to terms: words, stems, sentences, stop words, spelling and synonyms."""
