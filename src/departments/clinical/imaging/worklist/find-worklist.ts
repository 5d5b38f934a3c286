import type { Context } from "#access";
import { limits, ok, type Result } from "#kernel";
import { type Key, parseBody, type Query, tokenKey, type Version } from "#record";
import { DataSet, tags } from "#standards/dicom";
import type { Encounter, Patient, ServiceRequest, Task } from "#standards/fhir";
import { type ImagingStep, stepCode, stepOf } from "./imaging-step.ts";
import { meetsKeys } from "./match-keys.ts";
import { worklistItem } from "./worklist-item.ts";

/** Steps that wait to be done. */
const waiting: Query = {
  kind: "Task",
  all: [
    { is: "key", any: [tokenKey("code", stepCode.system, stepCode.code)] },
    { is: "key", any: [tokenKey("status", undefined, "ready")] },
  ],
  sort: { by: "updated", descending: false },
  limit: limits.pageSizeMax,
};

/**
 * The items of the worklist that meet the keys, with the attributes that were asked for, page by page; those that have begun are
 * no longer on it. Problems: those of the record.
 */
export async function* findWorklist(
  { record, hospitalTime }: Pick<Context, "record" | "hospitalTime">,
  keys: DataSet,
): AsyncGenerator<Result<readonly DataSet[]>, void, void> {
  let seen = 0;
  let after: Query["after"];
  do {
    const page = await record.search({ ...waiting, ...(after === undefined ? {} : { after }) });
    if (!page.ok) {
      yield page;
      return;
    }
    const items = await itemsOf({ record, hospitalTime }, page.value.versions);
    yield items.ok ? ok(items.value.filter((item) => meetsKeys(keys, item)).map((item) => askedOf(keys, item))) : items;
    seen += page.value.versions.length;
    after = page.value.next;
  } while (after !== undefined && seen < limits.worklistStepsMax);
}

async function itemsOf(
  { record, hospitalTime }: Pick<Context, "record" | "hospitalTime">,
  tasks: readonly Version[],
): Promise<Result<readonly DataSet[]>> {
  const steps = tasks.flatMap((version) => stepOf(parseBody<Task>(version)) ?? []);
  const keys = new Map(steps.flatMap(keysOf).map((key) => [`${key.kind}/${key.id}`, key]));
  const read = await record.readMany([...keys.values()]);
  if (!read.ok) return read;
  const found = new Map(read.value.map((version) => [`${version.kind}/${version.id}`, version]));
  return ok(
    steps.flatMap((step) => {
      const order = found.get(`ServiceRequest/${step.order}`);
      const patient = found.get(step.patient);
      const encounter = step.encounter === undefined ? undefined : found.get(step.encounter);
      // Whom the actor does not see, it does not examine.
      if (order === undefined || patient === undefined) return [];
      return worklistItem({
        step,
        order: parseBody<ServiceRequest>(order),
        patient: parseBody<Patient>(patient),
        encounter: encounter && parseBody<Encounter>(encounter),
        hospitalTime,
      });
    }),
  );
}

function keysOf({ order, patient, encounter }: ImagingStep): readonly Key[] {
  const references = [`ServiceRequest/${order}`, patient, ...(encounter === undefined ? [] : [encounter])];
  return references.flatMap((reference) => {
    const [kind, id] = reference.split("/");
    return kind === undefined || id === undefined ? [] : [{ kind, id }];
  });
}

/** What the keys name, and nothing else; in a sequence without keys, everything. Source: PS3.4 §K.4.1.1.3.2. */
function askedOf(keys: DataSet, item: DataSet): DataSet {
  const elements = keys.elements.flatMap((key) => {
    if (key.tag === tags.characterSet) return [];
    const there = item.get(key.tag);
    if (there === undefined) return key.content.is === "items" ? [] : [{ ...key, content: empty }];
    const [asked] = keys.items(key.tag);
    if (there.content.is !== "items" || asked === undefined || asked.elements.length === 0) return [there];
    const items = item.items(key.tag).map((each) => ({ dataSet: askedOf(asked, each), isUndefinedLength: false }));
    return [{ ...there, content: { ...there.content, items } }];
  });
  const characterSet = item.get(tags.characterSet);
  const all = characterSet === undefined ? elements : [characterSet, ...elements];
  return new DataSet(all, item.characterSets);
}

const empty = { is: "bytes", bytes: new Uint8Array(0), isLittleEndian: true } as const;
