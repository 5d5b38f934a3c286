import type { Role } from "./role.ts";

export const trainingManager = {
  name: "training-manager",
  title: "Training Manager",
  department: "Education & training",
  purpose:
    "Plans and judges the teaching of the hospital's systems. Needs the staff directory and no patient's record.",
  purposeOfUse: "HOPERAT",
  permissions: [],
  home: "/",
} as const satisfies Role;
