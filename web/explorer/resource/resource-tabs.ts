export const resourceTabs = [
  { name: "readable", label: "Readable" },
  { name: "json", label: "JSON" },
  { name: "history", label: "History" },
  { name: "references", label: "What refers to it" },
] as const;

export type ResourceTab = (typeof resourceTabs)[number]["name"];

export function resourceTabOf(name: string | undefined): ResourceTab {
  return resourceTabs.find((tab) => tab.name === name)?.name ?? "readable";
}
