"""A place for work that has no budget of its own: decoding pixels and pages, by libraries in C that we did not write.

It is done in a process that exists for this one input and ends with it. `pool` starts the workers and talks to them;
`worker` is such a process, which touches no input but forks one child for each; `confinement` is what the child gives
up before it sees the input: it can open nothing (no file, no socket, no pipe), start nothing, and use only so much
memory and time. `pictures` is the work. Only a worker loads those libraries; the service itself never does.
"""
