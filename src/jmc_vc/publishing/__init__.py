"""Publishing: what anyone may fetch. Nothing here says anything of a learner, except the credential to whoever has its
address."""
