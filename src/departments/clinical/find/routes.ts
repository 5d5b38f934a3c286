import type { Context } from "#access";
import type { Route } from "#kernel";
import { answersQuery } from "../answer.ts";
import { findQuery } from "../api.ts";
import { findPatients } from "./find-patients.ts";

export const findRoutes: readonly Route<Context>[] = [
  {
    method: "GET",
    path: "/api/clinical/patients",
    policy: "patients.find",
    summary: "Patients by name, NHS number, hospital number or date of birth",
    handle: answersQuery(findQuery, (query, { context }) => findPatients(context, query)),
  },
];
