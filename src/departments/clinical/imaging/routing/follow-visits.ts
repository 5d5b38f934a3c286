import type { Context } from "#access";
import { type JsonObject, limits, ok, type Result } from "#kernel";
import { type HealthRecord, type Position, parseBody, type Version } from "#record";
import { anyKey, newestFirst } from "../../clauses.ts";
import { type NamedRoute, whyNotRouted } from "./image-route.ts";
import { planSends, readRoutes, routedStudy } from "./plan-sends.ts";

export interface VisitNeeds {
  /** The whole record: what is followed is shown to nobody. */
  readonly look: Pick<HealthRecord, "search">;
  readonly context: Context;
}

/** Which documents tell that a patient is coming, or has come. */
const followed = {
  admitted: { kind: "Encounter", isSo: ({ status }: JsonObject) => status === "in-progress" },
  booked: { kind: "Appointment", isSo: ({ status }: JsonObject) => status === "booked" },
} as const;

export type VisitTrigger = keyof typeof followed;

/**
 * Patients who were admitted or booked since a position: their earlier studies go ahead where rules say so, each once, however
 * often their visit changes. Answers the position to go on from.
 */
export async function followVisits(
  { look, context }: VisitNeeds,
  trigger: VisitTrigger,
  after: Position,
): Promise<Result<Position>> {
  const { kind, isSo } = followed[trigger];
  const sort = { by: "updated", descending: false } as const;
  const found = await look.search({ kind, all: [], sort, limit: limits.imageMovesMax, after: { position: after } });
  if (!found.ok) return found;
  const last = found.value.versions.at(-1);
  if (last === undefined) return ok(after);
  const routes = await readRoutes({ record: look });
  if (!routes.ok) return routes;
  const rules = routes.value.filter((rule) => rule.isOn && rule.trigger === trigger);
  for (const version of rules.length === 0 ? [] : found.value.versions) {
    if (!isSo(parseBody(version))) continue;
    for (const patient of patientsOf(version)) {
      const sent = await sendAhead(context, rules, patient);
      if (!sent.ok) return sent;
    }
  }
  return ok(last.position);
}

function patientsOf({ body }: Version): readonly string[] {
  return [...new Set([...body.matchAll(/"reference":"Patient\/([^"/]+)"/g)].map(([, id = ""]) => id))];
}

async function sendAhead(context: Context, rules: readonly NamedRoute[], patient: string): Promise<Result<void>> {
  const limit = limits.imagePriorsMax;
  const all = [anyKey(`patient=Patient/${patient}`)];
  const studies = await context.record.search(newestFirst({ kind: "ImagingStudy", all, newestBy: "started", limit }));
  if (!studies.ok) return studies;
  for (const rule of rules) {
    const { count = limit } = rule.priors ?? {};
    let sent = 0;
    for (const uid of studies.value.versions.flatMap(uidOf)) {
      const routed = sent < count ? await routedStudy(context, uid) : ok(undefined);
      if (!routed.ok) return routed;
      if (routed.value === undefined || whyNotRouted(rule, routed.value) !== undefined) continue;
      sent += 1;
      const { id, to, transferSyntax } = rule;
      const planned = await planSends(
        context,
        to.map((node) => ({ study: uid, node, why: `rule ${id}, sent ahead`, transferSyntax })),
      );
      if (!planned.ok) return planned;
    }
  }
  return ok(undefined);
}

function uidOf({ body }: Version): readonly string[] {
  const uid = /"urn:oid:([0-9.]+)"/.exec(body)?.[1];
  return uid === undefined ? [] : [uid];
}
