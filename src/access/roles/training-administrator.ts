import type { Role } from "./role.ts";

export const trainingAdministrator = {
  name: "training-administrator",
  title: "Training Administrator",
  department: "Education & training",
  purpose:
    "Books staff on courses and keeps their training records. Needs the staff directory and no patient's record.",
  purposeOfUse: "HOPERAT",
  permissions: [],
  home: "/",
} as const satisfies Role;
