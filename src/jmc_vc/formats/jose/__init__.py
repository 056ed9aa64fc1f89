"""JSON Object Signing and Encryption as Open Badges and the W3C use it. https://www.rfc-editor.org/rfc/rfc7515"""
