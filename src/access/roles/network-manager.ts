import type { Role } from "./role.ts";

export const networkManager = {
  name: "network-manager",
  title: "Network Manager",
  department: "ICT",
  purpose:
    "Keeps networks, servers and links running. Sees their state and measurements, never what passes through them.",
  purposeOfUse: "HSYSADMIN",
  permissions: ["links.see", "metrics.see"],
  home: "/links",
} as const satisfies Role;
