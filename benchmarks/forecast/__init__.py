"""The demand forecast: how fast, how near beside the sector's own tool, and how often its intervals hold."""
