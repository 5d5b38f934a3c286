import type { MessageView } from "#departments/clinical/api";

export const messageTabs = [
  { name: "way", label: "Way" },
  { name: "raw", label: "Raw" },
  { name: "parsed", label: "Parsed" },
  { name: "resources", label: "Resources" },
  { name: "deliveries", label: "Deliveries" },
  { name: "acknowledgement", label: "Acknowledgement" },
  { name: "not-mapped", label: "Not mapped" },
  { name: "history", label: "History" },
] as const;

export type MessageTab = (typeof messageTabs)[number]["name"];

export function isMessageTab(text: string): text is MessageTab {
  return messageTabs.some(({ name }) => name === text);
}

/** The number beside a tab's name, where a number says something. */
export function tabCount(message: MessageView, tab: MessageTab): number | undefined {
  if (tab === "resources") return message.resources.length;
  return tab === "not-mapped" ? message.ledger?.unmapped.length : undefined;
}
