import { type TokenPurpose, tokenPurposes } from "#access";
import { failed, incorrect, ok, type Result } from "#kernel";
import { besideCorridor } from "../compose/beside.ts";
import { openIdentity, thisAccount } from "../compose/identity.ts";
import type { Command } from "./command.ts";
import { withSettings } from "./settings.ts";

export const token: Command = {
  help: `corridor token --scope SCOPE [--ttl 1h] [--name NAME] [--purpose HRESCH] [--json]

Prints a bearer token for scripts: curl -H "Authorization: Bearer $(corridor token --scope 'system/*.rs')" …
SCOPE is one or more of these, apart by blanks:
  system/*.cruds           create, read, update, delete, search every FHIR type
  system/Observation.rs    read and search one type
  corridor/links.see       a permission of Corridor (docs/roles.md lists them)
--purpose is HOPERAT (running the hospital), HRESCH (research) or PERFMSR (planning): for the last two, patients who
opted out are left out.
--ttl is how long it works: 30s, 15m, 1h, 7d. --name says what it is for; it shows in the audit log, as does issuing it.
The token is shown this once and kept nowhere.`,
  options: {
    scope: { type: "string" },
    ttl: { type: "string" },
    name: { type: "string" },
    purpose: { type: "string" },
    json: { type: "boolean" },
  },
  wordsMax: 0,
  run: (invocation) =>
    withSettings(invocation, async (given) => {
      const { options, terminal } = invocation;
      const lifeMs = parseLife(String(options.ttl ?? "1h"));
      if (!lifeMs.ok) return lifeMs;
      const purpose = parsePurpose(options.purpose);
      if (!purpose.ok) return purpose;
      const order = {
        name: String(options.name ?? "script"),
        scope: String(options.scope ?? ""),
        lifeMs: lifeMs.value,
        ...(purpose.value === undefined ? {} : { purpose: purpose.value }),
      };
      const issued = await besideCorridor(given, (parts) => openIdentity(parts).issueToken(order, thisAccount()));
      if (!issued.ok) return issued;
      terminal.out(options.json === true ? JSON.stringify(issued.value) : issued.value.token);
      return ok(undefined);
    }),
};

function parsePurpose(given: unknown): Result<TokenPurpose | undefined> {
  const purpose = tokenPurposes.find((each) => each === given);
  if (given === undefined || purpose !== undefined) return ok(purpose);
  return failed(incorrect("purpose-incorrect", `--purpose must be one of ${tokenPurposes.join(", ")}.`));
}

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A span such as 1h in milliseconds. Problems: incorrect `ttl-incorrect`. */
export function parseLife(text: string): Result<number> {
  const [, count, unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const perUnit = unitMs[unit];
  if (count === undefined || perUnit === undefined) {
    return failed(incorrect("ttl-incorrect", `--ttl cannot be ${text}: give a number with s, m, h or d, such as 1h.`));
  }
  return ok(Number(count) * perUnit);
}
