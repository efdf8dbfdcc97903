"""`understudy/setConsent`: leave to send a folder's code to a provider, given or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from understudy.lsp.handlers import Handler

if TYPE_CHECKING:
    from understudy.lsp.app import App


async def _run(app: App, params: Any) -> Any:
    from understudy.lsp.consent_exchanges import SetConsentParams
    from understudy.lsp.consents import set_consent
    from understudy.lsp.exchanges import Nothing
    from understudy.lsp.extensions import plain
    from understudy.lsp.structuring import structured

    await set_consent(app, structured(SetConsentParams, HANDLER.id, params))
    return plain(Nothing())


HANDLER = Handler(id="understudy/setConsent", run=_run, raw=True)
