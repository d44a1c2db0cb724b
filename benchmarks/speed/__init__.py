"""Measures this bot's speed and memory beside other search engines in one run.

    python -m benchmarks.speed [--sizes 1000 100000 1000000] [--plot FILE.svg]

`__main__` is the command; `generated` and `corpora` make what is searched and asked;
`systems`, `own` and `peers` are what is measured; `worker` and `processes` run each of
them in a process of its own; `rounds`, `starting` and `updating` measure; `results`,
`tables` and `plot` show what was measured. Needs the packages of
`requirements-bench.txt`.
"""
