"""Measures this bot's speed and memory beside other search engines in one run.

    python -m benchmarks.speed [--sizes 1000 100000 1000000] [--plot FILE.svg]

`__main__` is the command. `generated` and `corpora` make what is searched and asked;
`systems`, `own` and `peers` are what is measured; `worker` and `processes` run each of
them in a process of its own. `building`, `asking`, `starting` and `updating` measure,
in rounds in which each system has its turn; `results`, `tables`, `plot` and `machine`
show what was measured. Needs the packages of `requirements-bench.txt`, and room for
corpora and indexes where temporary files go (`TMPDIR`): some 20 bytes for each byte of
text.
"""
