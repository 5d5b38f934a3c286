import { z } from "zod";
import { answersQuery, type Context } from "#access";
import type { Route } from "#kernel";
import { fetchWhoLooked } from "./fetch-who-looked.ts";

const whoLookedQuery = z.object({
  patient: z.string().regex(/^Patient\/[A-Za-z0-9\-.]{1,64}$/, "A patient is named as in Patient/1."),
});

/** What patients may ask for: who looked at their record. */
export const whoLookedRoutes: readonly Route<Context>[] = [
  {
    method: "GET",
    path: "/api/information/who-looked",
    policy: "audit.read",
    summary: "Who looked at a patient's record, when, at what and why",
    handle: answersQuery(whoLookedQuery, ({ patient }, { context }) => fetchWhoLooked(context, patient)),
  },
];
