import type { Context } from "#access";
import { jsonReply, ok, type Route } from "#kernel";
import { findQuery } from "../api.ts";
import { readQuery } from "../request.ts";
import { findPatients } from "./find-patients.ts";

export const findRoutes: readonly Route<Context>[] = [
  {
    method: "GET",
    path: "/api/clinical/patients",
    policy: "patients.find",
    summary: "Patients by name, NHS number, hospital number or date of birth",
    handle: async (request, context) => {
      const query = readQuery(findQuery, request);
      if (!query.ok) return query;
      const found = await findPatients(context, query.value);
      return found.ok ? ok(jsonReply(found.value)) : found;
    },
  },
];
