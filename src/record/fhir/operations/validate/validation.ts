import { type Instant, type JsonObject, limits, ok, type Result } from "#kernel";
import { type Resource, referencesOf } from "#standards/fhir";
import { openValidator, type TerminologyCheck, type ValidationIssue, type Validator } from "#standards/fhir-profiles";
import { type Position, parseBody, type Version } from "../../../documents/document.ts";
import type { Cursor } from "../../../documents/query.ts";
import type { HealthRecord } from "../../../health-record.ts";
import { ownKeys } from "../../search-results/references.ts";

export interface ValidationAsked {
  /** As the caller may see it. */
  readonly record: HealthRecord;
  /** The address of this server. */
  readonly base: string;
  readonly now: Instant;
  /** Canonicals of profiles, besides those that the resource names itself. */
  readonly profiles: readonly string[];
}

/** Checks resources by R4, and by the StructureDefinitions that the record holds. */
export interface Validation {
  /** Everything there is to say of a resource. Problems: those of the record. */
  validate(resource: JsonObject, asked: ValidationAsked): Promise<Result<readonly ValidationIssue[]>>;
}

/** `terminology` answers for codes that R4 itself does not bring. */
export function openValidation(terminology?: TerminologyCheck): Validation {
  const core = openValidator();
  let compiled: { readonly at: Position; readonly validator: Validator } | undefined;

  /** One for the definitions as they are now; by R4 alone, for those who may not see definitions. */
  async function validatorNow(record: HealthRecord): Promise<Result<Validator>> {
    const newest = await record.history({ kind: "StructureDefinition", limit: 1 });
    if (!newest.ok) return newest.problems[0].category === "forbidden" ? ok(core) : newest;
    const at = newest.value.versions[0]?.position ?? 0;
    if (at === 0) return ok(core);
    if (compiled?.at === at) return ok(compiled.validator);
    const definitions = await definitionsOf(record);
    if (!definitions.ok) return definitions;
    compiled = { at, validator: openValidator({ definitions: definitions.value }) };
    return ok(compiled.validator);
  }

  return {
    async validate(resource, { record, base, now, profiles }) {
      const validator = await validatorNow(record);
      if (!validator.ok) return validator;
      const targets = await targetsOf(resource, { record, base });
      if (!targets.ok) return targets;
      const means = terminology === undefined ? {} : { terminology };
      const resolve = (reference: string) =>
        targets.value.get(reference.startsWith(`${base}/`) ? reference.slice(base.length + 1) : reference);
      return ok(validator.value.validate(resource, { ...means, profiles, now, resolve }));
    },
  };
}

/** Every StructureDefinition of the record, or the newest, where there are too many. */
async function definitionsOf(record: HealthRecord): Promise<Result<readonly JsonObject[]>> {
  const definitions: Version[] = [];
  let after: Cursor | undefined;
  do {
    const page = await record.search({
      kind: "StructureDefinition",
      all: [],
      sort: { by: "updated", descending: true },
      limit: limits.pageSizeMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    definitions.push(...page.value.versions);
    after = page.value.next;
  } while (after !== undefined && definitions.length < limits.validationDefinitionsMax);
  return ok(definitions.map((version) => parseBody<JsonObject>(version)));
}

interface TargetNeeds {
  readonly record: HealthRecord;
  readonly base: string;
}

/** What the resource points at, by `Type/id`, as far as the caller may see it. */
async function targetsOf(
  resource: JsonObject,
  { record, base }: TargetNeeds,
): Promise<Result<ReadonlyMap<string, JsonObject>>> {
  const links = referencesOf(resource as Resource).map(({ target }) => target);
  const keys = ownKeys(links, base).slice(0, limits.validationTargetsMax);
  if (keys.length === 0) return ok(new Map());
  const read = await record.readMany(keys);
  if (!read.ok) return read;
  return ok(new Map(read.value.map((version) => [`${version.kind}/${version.id}`, parseBody<JsonObject>(version)])));
}
