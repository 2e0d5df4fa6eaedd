"""Finding a child by any scrap of a name, and knowing one that is on the list already."""
