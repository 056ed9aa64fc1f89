"""The VC API of W3C: credentials issued, verified, derived and looked up in the shapes that its clients know.

https://w3c.github.io/vcalm/
"""
