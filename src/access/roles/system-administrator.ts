import type { Role } from "./role.ts";

export const systemAdministrator = {
  name: "system-administrator",
  title: "System Administrator",
  department: "ICT",
  purpose:
    "Gives and takes away accounts and roles, issues tokens and keeps Corridor itself running. Reads no clinical content: whoever needs to is given a clinical role by name, and that is audited.",
  purposeOfUse: "HSYSADMIN",
  permissions: ["links.see", "users.manage", "applications.manage", "tokens.issue", "metrics.see", "explorer.use"],
  home: "/users",
} as const satisfies Role;
