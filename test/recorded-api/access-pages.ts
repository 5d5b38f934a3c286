import type { ApplicationView, ConsentsView, GivenAccessView, OptOutView } from "#access/api";
import { json, type Row } from "./reply.ts";

const optOuts: OptOutView = {
  isFresh: true,
  checked: "2026-11-20T06:00:00Z",
  expires: "2026-12-11T06:00:00Z",
  count: 41_207,
};

const consents: ConsentsView = {
  statements: [
    {
      id: "c2",
      status: "active",
      given: "2026-11-18T14:20:00Z",
      sentences: ["Nurses may not see problems, allergies and procedures, until 18-Nov-2027."],
    },
    { id: "c1", status: "inactive", sentences: ["Everybody may see the whole record."] },
  ],
};

const application: ApplicationView = {
  id: "growth-chart",
  name: "Growth chart",
  owner: "Paediatrics",
  contact: "paediatrics@westhaven.example",
  purpose: "Draws heights and weights on the curves of their age.",
  type: "public",
  redirectUris: ["https://growth.westhaven.example/"],
  hasSecret: false,
  scopes: "launch patient/Observation.rs",
  sentences: ["Read and find observations of the patient who is open"],
  state: "approved",
  requested: "2026-10-01T09:00:00Z",
  decided: "2026-10-02T15:30:00Z",
};

const applications: readonly ApplicationView[] = [
  application,
  {
    ...application,
    id: "night-list",
    name: "Night list",
    owner: "Hospital at night",
    state: "requested",
  },
];

const given: readonly GivenAccessView[] = [
  {
    id: "g1",
    application: "Growth chart",
    owner: "Paediatrics",
    sentences: application.sentences,
    begun: "2026-11-23T08:30:00Z",
    expires: "2026-11-23T20:30:00Z",
    offline: false,
  },
];

/** What patients said, who opted out, which applications there are, and the hospital's own sign-in. */
export const accessPageReplies: readonly Row[] = [
  ["GET", /^\/api\/access\/outside$/, () => json({ name: "Westhaven" })],
  ["GET", /^\/api\/access\/opt-outs$/, () => json(optOuts)],
  ["GET", /^\/api\/access\/patients\/[\w-]+\/consents$/, () => json(consents)],
  ["GET", /^\/api\/access\/applications$/, () => json(applications)],
  ["GET", /^\/api\/access\/account\/applications$/, () => json(given)],
];
