import type { Role } from "./role.ts";

export const pacsAdministrator = {
  name: "pacs-administrator",
  title: "PACS Administrator",
  department: "Clinical informatics",
  purpose: "Keeps imaging studies complete, filed under the right patient, and open to those who read them.",
  purposeOfUse: "HOPERAT",
  permissions: ["patients.find", "restricted.see", "links.see", "images.keep", "images.dispose", "explorer.use"],
  home: "/images",
} as const satisfies Role;
