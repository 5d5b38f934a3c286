import type { Role } from "./role.ts";

export const librarian = {
  name: "librarian",
  title: "Librarian",
  department: "Library & knowledge",
  purpose: "Searches the evidence for clinicians and keeps the collection. Needs no patient's record.",
  purposeOfUse: "HOPERAT",
  permissions: [],
  home: "/",
} as const satisfies Role;
