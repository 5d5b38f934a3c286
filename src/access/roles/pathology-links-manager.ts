import type { Role } from "./role.ts";

export const pathologyLinksManager = {
  name: "pathology-links-manager",
  title: "Pathology Links Manager",
  department: "Clinical informatics",
  purpose:
    "Answers for results and orders passing between the laboratories and the record: watches the links, finds a message that went astray, and shows that what the laboratory sent is what the chart says.",
  purposeOfUse: "HOPERAT",
  permissions: [
    "patients.find",
    "chart.open",
    "restricted.see",
    "links.see",
    "links.configure",
    "messages.read",
    "messages.replay",
    "deliveries.manage",
    "alerts.acknowledge",
    "holds.decide",
    "codes.propose",
    "codes.approve",
    "merges.undo",
    "simulator.use",
    "explorer.use",
  ],
  home: "/links",
} as const satisfies Role;
