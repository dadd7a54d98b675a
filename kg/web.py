"""The one HTTP session: every download goes through here."""
