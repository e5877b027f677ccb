"""Front matter and columns become typed values, or problems with their place."""
