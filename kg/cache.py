"""Where things live that can be made again, and how they are written so that a crash leaves nothing half done."""
