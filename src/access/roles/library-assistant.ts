import type { Role } from "./role.ts";

export const libraryAssistant = {
  name: "library-assistant",
  title: "Library Assistant",
  department: "Library & knowledge",
  purpose: "Lends, returns and shelves, and helps readers find things. Needs no patient's record.",
  purposeOfUse: "HOPERAT",
  permissions: [],
  home: "/",
} as const satisfies Role;
