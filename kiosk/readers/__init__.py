"""What reads codes from paper: serial and keyboard scanners, cameras; all of them give whole texts."""
