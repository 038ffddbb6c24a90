"""Nothing is ever lost: trail, snapshots, recovery, health."""
