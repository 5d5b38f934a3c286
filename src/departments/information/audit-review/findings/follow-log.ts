import type { Context } from "#access";
import { type OwnBody, readBody } from "#audit";
import { isJsonObject, type Json, type JsonObject, limits, ok, type Result, toIso } from "#kernel";
import { type AuditStretches, type CursorStore, parseBody, type SealedAuditEntry, type Version } from "#record";
import { type AuditFinding, caseKey, findingKind } from "./finding.ts";
import { judge, plainName } from "./judge.ts";
import { type Deed, Usual } from "./usual.ts";

export interface FollowNeeds {
  /** A worker's. */
  readonly context: Context;
  readonly audit: Pick<AuditStretches, "containing">;
  readonly cursors: Pick<CursorStore, "get" | "set" | "claim">;
  /** How many entries the log has. */
  size(): Promise<number>;
}

const worker = "audit findings";

/** What every entry of a person who signed in holds. */
const bySession = '"via":"session"';

/** Looks at what people did since the last time, and writes down what is unusual. */
export class FindingsFollower {
  readonly #needs: FollowNeeds;
  readonly #usual = new Usual();
  readonly #staff = new Set<string>();
  #learntTo: number | undefined;

  constructor(needs: FollowNeeds) {
    this.#needs = needs;
  }

  /** Problems: those of the record. What was looked at already is not written down twice. */
  async round(): Promise<Result<unknown>> {
    const { cursors, size } = this.#needs;
    if (!(await cursors.claim(worker))) return ok(undefined);
    const position = await cursors.get(worker);
    await this.#learn(position);
    const end = await size();
    for (let after = position; after < end; after += limits.auditFindingBatch) {
      const upTo = Math.min(end, after + limits.auditFindingBatch);
      const judged = await this.#judge({ after, upTo });
      if (!judged.ok) return judged;
      await cursors.set(worker, upTo);
      this.#learntTo = upTo;
    }
    return ok(undefined);
  }

  /** After a start, what is usual is learnt from the newest of what was followed before. */
  async #learn(position: number): Promise<void> {
    if (this.#learntTo !== undefined) return;
    for (let after = Math.max(0, position - limits.auditFindingLearnt); after < position; ) {
      const upTo = Math.min(position, after + limits.auditFindingBatch);
      for (const entry of await this.#needs.audit.containing({ after, upTo }, bySession)) this.#add(entry);
      after = upTo;
    }
    this.#learntTo = position;
  }

  async #judge(range: { readonly after: number; readonly upTo: number }): Promise<Result<unknown>> {
    const judged = new Set<string>();
    for (const entry of await this.#needs.audit.containing(range, bySession)) {
      const known = this.#add(entry);
      if (known === undefined) continue;
      for (const patient of known.deed.patients) {
        const looked = { ...known, patient, entry: entry.sequence };
        const key = caseKey({ person: known.deed.person, patient, day: known.deed.day });
        if (judged.has(key)) continue;
        judged.add(key);
        const done = await this.#judgeOne(looked);
        if (!done.ok) return done;
      }
    }
    return ok(undefined);
  }

  #add({ body: text }: SealedAuditEntry): { readonly body: OwnBody; readonly deed: Deed } | undefined {
    const body = readBody(text);
    if (body.act === "posted" || !body.agent.reference.startsWith("User/")) return undefined;
    const local = this.#needs.context.hospitalTime.local(body.at);
    const deed: Deed = {
      person: body.agent.reference,
      role: body.agent.roles[0] ?? "",
      day: local.date,
      hour: Number(local.clock.slice(0, 2)),
      // A list of many patients is nobody's record opened.
      patients: body.outcome === 0 && body.patients.length === 1 ? body.patients : [],
      at: body.at,
    };
    this.#staff.add(plainName(body.agent.display));
    this.#usual.add(deed);
    return { body, deed };
  }

  async #judgeOne({ body, deed, patient, entry }: Looked): Promise<Result<unknown>> {
    const { record } = this.#needs.context;
    const read = await record.read("Patient", patient.slice("Patient/".length));
    if (!read.ok) return ok(undefined); // nobody's name to compare with
    const evidence = judge({
      personName: body.agent.display,
      ...patientFacts(read.value),
      staffNames: this.#staff,
      timesUsual: this.#usual.timesUsual(deed),
      hourPerCent: this.#usual.hourPerCent(deed),
    });
    if (evidence.length === 0) return ok(undefined);
    const finding: AuditFinding = {
      person: deed.person,
      personName: body.agent.display,
      roles: body.agent.roles,
      patient,
      day: deed.day,
      at: toIso(body.at),
      evidence,
      weight: evidence.reduce((sum, { weight }) => sum + weight, 0),
      entry,
    };
    const ifNoneExist = { keys: [caseKey(finding)], onMatch: "use" as const };
    return record.transact({
      operations: [{ action: "create", kind: findingKind, body: finding as unknown as JsonObject, ifNoneExist }],
    });
  }
}

interface Looked {
  readonly body: OwnBody;
  readonly deed: Deed;
  readonly patient: string;
  readonly entry: number;
}

/** Labels that ask for special care. Source: HL7 v3 Confidentiality and ActCode. */
const careLabels = new Set(["R", "V", "CEL", "EMP", "VIP", "STAFF", "FAMILY", "RESTRICTED"]);

function patientFacts(version: Version) {
  const patient = parseBody<JsonObject>(version);
  const name = first(patient.name);
  const labels = isJsonObject(patient.meta) ? patient.meta.security : undefined;
  const codes = Array.isArray(labels) ? (labels as readonly Json[]).filter(isJsonObject).map(({ code }) => code) : [];
  return {
    patientName: { given: textOf(Array.isArray(name.given) ? name.given[0] : undefined), family: textOf(name.family) },
    isFlagged: codes.some((code) => careLabels.has(textOf(code).toUpperCase())),
  };
}

function first(value: Json | undefined): JsonObject {
  const one = Array.isArray(value) ? (value as readonly Json[])[0] : undefined;
  return isJsonObject(one) ? one : {};
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
