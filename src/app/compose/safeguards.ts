import type { LinkSettings, Safeguards } from "#departments/clinical";
import type { SharedByLinks } from "./code-work.ts";

/** What guards each link: what its settings say now, and what all links share. */
export function safeguards(
  shared: SharedByLinks,
  settingsOf: (link: string) => LinkSettings | undefined,
): (link: string) => Safeguards {
  return (link) => {
    const settings = settingsOf(link);
    return settings === undefined ? shared : { settings, ...shared };
  };
}
