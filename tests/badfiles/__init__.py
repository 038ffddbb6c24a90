"""The product's adapter for a folder of bad uploads: ``python -m tests.badfiles DIR > results.jsonl``.

DIR holds expectations.csv (file, upload_as ...), stores.csv and the files. Every file takes the product's real way:
received, looked at and read in the child process, committed into a fresh database; the numbers come from what is
stored. Files named reupload_* go one after the other into one database.
"""
