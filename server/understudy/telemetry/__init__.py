"""Runs as OpenTelemetry spans and metrics, sent to a collector that the user named.

Names, kinds and attributes follow the semantic conventions for generative AI in version 1.41.1
(https://github.com/open-telemetry/semantic-conventions/tree/v1.41.1/docs/gen-ai), and stand in
`understudy.telemetry.names` alone.
"""
