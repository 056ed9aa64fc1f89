"""Outbound HTTP: what other hosts say, by way of the one gateway; and the public logs that an operator names.

Only this package opens connections to other hosts. `gateway` begins with a list of its parts, in their order.
"""
