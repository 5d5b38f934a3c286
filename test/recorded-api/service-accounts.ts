import type { ServiceAccountsView } from "#access/api";

/** Two systems, one of whose keys is to be exchanged, and a token of the command line. */
export const serviceAccounts: ServiceAccountsView = {
  accounts: [
    {
      id: "tablets",
      name: "Ward tablets",
      use: "application",
      purpose: "Shows results at the bed.",
      scope: "system/Observation.rs system/Patient.r",
      active: true,
      owner: { id: "baker", display: "Tom Baker-Hughes", active: true },
      keys: [
        { id: "k2", name: "November", issued: "2026-11-01T09:00:00Z", expires: "2027-02-01T09:00:00Z", state: "open" },
        {
          id: "k1",
          name: "August",
          issued: "2026-08-01T09:00:00Z",
          expires: "2026-12-01T09:00:00Z",
          lastUsed: "2026-11-20T08:10:00Z",
          state: "ends-soon",
        },
      ],
    },
    {
      id: "directory",
      name: "Entra ID",
      use: "directory",
      purpose: "Keeps accounts as the directory says.",
      scope: "corridor/scim.write",
      active: false,
      owner: { id: "left", display: "Owen Marsh", active: false },
      keys: [],
    },
  ],
  tokens: [
    {
      id: "t1",
      name: "nightly script",
      issued: "2026-11-02T09:00:00Z",
      expires: "2027-03-01T09:00:00Z",
      state: "open",
      scope: "system/*.rs",
      issuedBy: "CommandLine/ops",
    },
  ],
};
