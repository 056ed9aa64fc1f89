"""The sides of an exchange: we, and each peer, by what they issue, show and accept. One file each."""
