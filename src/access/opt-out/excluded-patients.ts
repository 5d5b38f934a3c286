import { isJsonObject, type Json, type JsonObject, limits, ok, type Result } from "#kernel";
import { type HealthRecord, type Position, parseBody, type Version } from "#record";
import { checkNhsNumber, nhsNumberSystem } from "#standards/fhir";
import type { FreshCheck, OptOutCheck } from "./opt-out-check.ts";

/** Patients that may not be used for research or planning, as the record and the last answer stand. */
export class ExcludedPatients {
  readonly #record: HealthRecord;
  readonly #check: OptOutCheck;
  #by: { readonly checked: string; position: Position; readonly ids: Set<string> } | undefined;
  /** The same list for as long as it holds, so that what is made of it is made once. */
  #listed: readonly string[] = [];

  constructor(record: HealthRecord, check: OptOutCheck) {
    this.#record = record;
    this.#check = check;
  }

  /** `Patient/1`. Whoever has no NHS number, or was not asked about, is among them. Problems: `opt-out-check-needed`; of reading. */
  async list(): Promise<Result<readonly string[]>> {
    const fresh = await this.#check.fresh();
    if (!fresh.ok) return fresh;
    if (this.#by?.checked !== fresh.value.checked) {
      const all = await this.#all(fresh.value);
      return all.ok ? ok(this.#listed) : all;
    }
    const changed = await this.#changed(fresh.value);
    return changed.ok ? ok(this.#listed) : changed;
  }

  async #all(fresh: FreshCheck): Promise<Result<undefined>> {
    const by = { checked: fresh.checked, position: await this.#record.position(), ids: new Set<string>() };
    for (let after: Position | undefined; ; ) {
      const page = await patientsAfter(this.#record, after);
      if (!page.ok) return page;
      for (const version of page.value.versions) judge(version, fresh, by.ids);
      after = page.value.next?.position;
      if (after === undefined) break;
    }
    this.#by = by;
    this.#listed = [...by.ids];
    return ok(undefined);
  }

  /** What was registered or changed since. */
  async #changed(fresh: FreshCheck): Promise<Result<undefined>> {
    const by = this.#by;
    if (by === undefined) return ok(undefined);
    const upTo = await this.#record.position();
    if (upTo === by.position) return ok(undefined);
    let isOther = false;
    for (;;) {
      const page = await this.#record.history({
        kind: "Patient",
        isOldestFirst: true,
        limit: limits.pageSizeMax,
        after: by.position,
      });
      if (!page.ok) return page;
      for (const version of page.value.versions) isOther = judge(version, fresh, by.ids) || isOther;
      const last = page.value.versions.at(-1);
      if (page.value.next === undefined || last === undefined) break;
      by.position = last.position;
    }
    by.position = Math.max(upTo, by.position);
    if (isOther) this.#listed = [...by.ids];
    return ok(undefined);
  }
}

/** All patients of the record, a page at a time. */
export function patientsAfter(record: HealthRecord, after: Position | undefined) {
  return record.search({
    kind: "Patient",
    all: [],
    sort: { by: "updated", descending: false },
    limit: limits.pageSizeMax,
    ...(after === undefined ? {} : { after: { position: after } }),
  });
}

/** The patient's valid NHS numbers. */
export function nhsNumbersOf(version: Version): readonly string[] {
  const { identifier } = parseBody<JsonObject>(version);
  return (Array.isArray(identifier) ? (identifier as readonly Json[]) : []).flatMap((each) => {
    if (!isJsonObject(each) || each.system !== nhsNumberSystem || typeof each.value !== "string") return [];
    const checked = checkNhsNumber(each.value);
    return checked.ok ? [checked.value] : [];
  });
}

/** Whether it changed anything. A patient with several numbers may be used if none of them opted out. */
function judge(version: Version, fresh: FreshCheck, excluded: Set<string>): boolean {
  const reference = `Patient/${version.id}`;
  const numbers = version.action === "delete" ? [] : nhsNumbersOf(version);
  const mayBeUsed = numbers.length > 0 && numbers.every((number) => fresh.mayBeUsed(number));
  if (mayBeUsed === !excluded.has(reference)) return false;
  if (mayBeUsed) excluded.delete(reference);
  else excluded.add(reference);
  return true;
}
