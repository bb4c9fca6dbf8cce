"""Claim a notebook format that is yet to come."""

import json


def build(release):
    release["nbformat"] = 10**400
    return json.dumps(release)[:10_000].encode()
