"""Nest without end."""


def build(release):
    return b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"
