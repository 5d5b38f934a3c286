import type { Safeguards } from "#departments/clinical";
import type { Links } from "../links/links.ts";
import type { SharedByLinks } from "./code-work.ts";

/** What guards each link: what its settings say now, its mapping rows, and what all links share. */
export function safeguards(
  shared: SharedByLinks,
  links: () => Pick<Links, "settingsOf" | "rowsOf">,
): (link: string) => Safeguards {
  return (link) => {
    const settings = links().settingsOf(link);
    const rows = links().rowsOf(link);
    return settings === undefined ? shared : { settings, ...(rows && { rows }), ...shared };
  };
}
