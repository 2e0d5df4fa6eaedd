"""Photos, scans, papers and recordings that stand on a file of a floor above."""
