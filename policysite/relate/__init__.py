"""Which articles belong to which: neighbours, relations, validity, related articles."""
