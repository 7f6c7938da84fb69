"""OAI-PMH 2.0 over the standing editions and the tombstones. Source: https://www.openarchives.org/OAI/2.0/"""
