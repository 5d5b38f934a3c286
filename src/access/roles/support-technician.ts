import type { Role } from "./role.ts";

export const supportTechnician = {
  name: "support-technician",
  title: "Support Technician",
  department: "ICT",
  purpose: "Helps staff with devices, accounts and faults, and sees whether a link is down before they ring.",
  purposeOfUse: "HSYSADMIN",
  permissions: ["links.see", "metrics.see"],
  home: "/links",
} as const satisfies Role;
