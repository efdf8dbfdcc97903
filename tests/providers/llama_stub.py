"""Runs llama.cpp's server; started with the Python that has `xllamacpp`, never imported.

Arguments: the model's file, the window in tokens, the key that clients must send. The address is
the one line on standard output; the end of standard input ends the server.
"""

from __future__ import annotations

import importlib
import sys
import threading

LIMIT_S = 300.0
"""Nobody is served for longer, whatever becomes of the test."""


def main() -> None:
    """Serve until standard input ends."""
    path, window, key = sys.argv[1:]
    xllamacpp = importlib.import_module("xllamacpp")
    wanted = xllamacpp.CommonParams()
    wanted.model.path = path
    wanted.model_alias = {"tiny"}
    wanted.api_keys = [key]
    wanted.hostnames = ["127.0.0.1"]
    wanted.port = 0
    wanted.n_ctx = int(window)
    wanted.n_parallel = 1
    wanted.cpuparams.n_threads = 1
    wanted.cpuparams_batch.n_threads = 1
    wanted.n_threads_http = 4
    wanted.ui = False
    wanted.fit_params = False
    wanted.endpoint_props = True
    server = xllamacpp.Server(wanted)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    ended = threading.Thread(target=sys.stdin.read, daemon=True)
    ended.start()
    ended.join(LIMIT_S)


main()
