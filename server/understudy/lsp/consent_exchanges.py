"""What our own requests about leave to send code take and answer."""

from __future__ import annotations

import attrs

from understudy.lsp.described import described


@attrs.frozen
class ProviderConsent:
    """Somebody elsewhere who could see a folder's code."""

    provider: str = described("Its id, for `understudy/setConsent`.")
    title: str = described("Its name for people.")
    origin: str = described("Where the code would go, such as `https://api.acme.com`.")
    agreed: bool = described("Whether the user agreed.")


@attrs.frozen
class FolderConsents:
    """A workspace folder, and who may see its code."""

    uri: str = described("The folder, for `understudy/setConsent`.")
    name: str = described("Its last part, for people.")
    trusted: bool = described("Whether the editor trusts it; where not, no model sees its code.")
    providers: list[ProviderConsent] = described("Those that have models elsewhere, by their ids.")


@attrs.frozen
class Consents:
    """Who may see which folder's code."""

    folders: list[FolderConsents] = described("In the order of the editor.")


@attrs.frozen
class SetConsentParams:
    """What the user says now."""

    uri: str = described("The workspace folder.")
    provider: str = described("The id of a provider.")
    agreed: bool = described("True gives leave for where the provider is asked now.")
