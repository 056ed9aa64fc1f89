"""Open Badges 3.0 documents as values. https://www.imsglobal.org/spec/ob/v3p0/"""
