import { answers, answersQuery, type Context } from "#access";
import type { Route } from "#kernel";
import { findQuery } from "../api.ts";
import { findPatients } from "./find-patients.ts";
import { fetchIdentity } from "./identity.ts";

export const findRoutes: readonly Route<Context>[] = [
  {
    method: "GET",
    path: "/api/clinical/patients",
    policy: "patients.find",
    summary: "Patients by name, NHS number, hospital number or date of birth",
    handle: answersQuery(findQuery, (query, { context }) => findPatients(context, query)),
  },
  {
    method: "GET",
    path: "/api/clinical/patients/:id/identity",
    policy: "patients.find",
    summary: "Who a patient is, for whoever may find them but not open their chart",
    handle: answers(({ context, id }) => fetchIdentity(context, id)),
  },
];
