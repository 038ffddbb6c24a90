"""The page of studies, waves and quotas."""
