"""From a file as committees and schools keep it to understood rows; knows no database."""
