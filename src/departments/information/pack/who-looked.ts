import type { Context } from "#access";
import { isJsonObject, type Json, type JsonObject, limits } from "#kernel";
import { parseBody, type Query, type Version } from "#record";
import { PackStopped } from "./pack-content.ts";

/** How often somebody did one thing with the record on one day, from the log. */
export interface LookedLine {
  readonly day: string;
  readonly who: string;
  readonly did: string;
  readonly why: string;
  readonly times: number;
}

/** Who looked at the patient's record, newest first: of the newest `limits.packLookedMax` entries of the log. */
export async function* whoLooked(own: Context, patient: string): AsyncGenerator<LookedLine> {
  let day = "";
  let lines = new Map<string, LookedLine>();
  for await (const looked of looks(own, patient)) {
    if (looked.day !== day) {
      yield* lines.values();
      lines = new Map();
      day = looked.day;
    }
    const key = [looked.who, looked.did, looked.why].join("\n");
    lines.set(key, { ...looked, times: (lines.get(key)?.times ?? 0) + 1 });
  }
  yield* lines.values();
}

async function* looks({ record, hospitalTime }: Context, patient: string): AsyncGenerator<Omit<LookedLine, "times">> {
  let after: Query["after"];
  let told = 0;
  do {
    const page = await record.search({
      kind: "AuditEvent",
      all: [{ is: "key", any: [`patient=${patient}`] }],
      sort: { by: "updated", descending: true },
      limit: limits.pageSizeMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) throw new PackStopped(page.problems[0].message);
    for (const version of page.value.versions) {
      if (told >= limits.packLookedMax) return;
      told += 1;
      yield { day: hospitalTime.local(version.at).date, ...lineOf(version) };
    }
    after = page.value.next;
  } while (after !== undefined);
}

function lineOf(version: Version): Pick<LookedLine, "who" | "did" | "why"> {
  const event = parseBody<JsonObject>(version);
  const agents = Array.isArray(event.agent) ? (event.agent as readonly Json[]).filter(isJsonObject) : [];
  const agent = agents.find(({ requestor }) => requestor === true) ?? agents[0] ?? {};
  const purpose = firstOf(firstOf(agent.purposeOfUse).coding).code;
  const subtype = firstOf(event.subtype);
  return {
    who: textOf(agent.name) ?? textOf(firstOf(agent.who).display) ?? "Corridor",
    did: textOf(subtype.display) ?? textOf(subtype.code) ?? textOf(event.action) ?? "",
    why: purposes[String(purpose)] ?? textOf(purpose) ?? "",
  };
}

/** Source: HL7 v3 PurposeOfUse. */
const purposes: Readonly<Record<string, string>> = {
  TREAT: "To treat you",
  ETREAT: "To treat you in an emergency",
  HOPERAT: "To run the hospital's services",
  HSYSADMIN: "To keep the system running",
  PATADMIN: "To keep your details and appointments right",
  HRESCH: "Research",
};

function firstOf(value: Json | undefined): JsonObject {
  const first = Array.isArray(value) ? (value as readonly Json[])[0] : value;
  return isJsonObject(first) ? first : {};
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
