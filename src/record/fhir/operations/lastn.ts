import { busy, failed, incorrect, isJsonObject, type Json, type JsonObject, limits, ok, type Result } from "#kernel";
import { isResultParameter } from "#standards/fhir";
import { parseBody, type Version } from "../../documents/document.ts";
import type { Query } from "../../documents/query.ts";
import type { HealthRecord } from "../../health-record.ts";
import type { Answer } from "../answer.ts";
import type { FhirContext } from "../context.ts";
import { readSearch } from "../search/search-request.ts";
import type { Found } from "../search-results/found-version.ts";
import { searchset } from "../search-results/searchset.ts";
import { missingOf } from "./given.ts";
import { givenNumber, type Invocation, type Operation, usedParameters } from "./operation.ts";

/** Source: FHIR R4 OperationDefinition/Observation-lastn. */
export const lastnOperation: Operation = {
  code: "lastn",
  title: "The last results of each kind",
  description: "The newest observations of each code, one code after the other, among those that a search finds.",
  types: ["Observation"],
  levels: ["type"],
  affectsState: false,
  definition: "http://hl7.org/fhir/OperationDefinition/Observation-lastn",
  parameters: [{ name: "max", type: "positiveInt", documentation: "How many of each code; one where it is not said" }],
  isSearch: true,
  run: lastn,
};

async function lastn({ asked, given, search }: Invocation, { record, clock }: FhirContext): Promise<Result<Answer>> {
  const names = [...search.keys()];
  const [result] = names.filter((name) => isResultParameter(name));
  if (result !== undefined)
    return failed(incorrect("unknown-search-parameter", "$lastn sorts by itself.", { where: result }));
  if (!names.some((name) => /^(subject|patient)\b/.test(name))) {
    return missingOf("patient", "$lastn needs a patient or subject.");
  }
  const { base, prefer } = asked;
  const parameters = new URLSearchParams([...search, ["_sort", "-date"]]);
  const request = readSearch({ type: "Observation", parameters, base, now: clock.now(), isLenient: prefer.isLenient });
  if (!request.ok) return request;
  const newest = await newestOfEach(record, request.value.query, givenNumber(given, "max") ?? 1);
  if (!newest.ok) return newest;
  const { versions, isWhole } = newest.value;
  const found: Found = {
    matches: { versions },
    included: [],
    total: versions.length,
    problems: [...request.value.ignored, ...(isWhole ? [] : [tooMany])],
  };
  const used = new URLSearchParams([...usedParameters(given), ...search]);
  const address = { base, path: "Observation/$lastn", used, marked: used };
  return ok({ status: 200, body: searchset({ found, settings: { elements: [], summary: undefined }, address }) });
}

const tooMany = busy(
  "results-incomplete",
  `Only the newest ${limits.lastnObservationsMax} observations were looked at.`,
);

interface Newest {
  readonly versions: readonly Version[];
  /** Every observation was looked at. */
  readonly isWhole: boolean;
}

async function newestOfEach(record: HealthRecord, query: Query, max: number): Promise<Result<Newest>> {
  const groups = new CodeGroups(max);
  let after = query.after;
  for (let seen = 0; seen < limits.lastnObservationsMax; seen += limits.pageSizeMax) {
    const page = await record.search({
      ...query,
      limit: limits.pageSizeMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    for (const version of page.value.versions) groups.add(version);
    after = page.value.next;
    if (after === undefined) return ok({ versions: groups.all(), isWhole: true });
  }
  return ok({ versions: groups.all(), isWhole: false });
}

/** Observations by what they are of, the first few of each. */
class CodeGroups {
  readonly #max: number;
  readonly #groups: Version[][] = [];
  readonly #byCode = new Map<string, Version[]>();

  constructor(max: number) {
    this.#max = max;
  }

  add(version: Version): void {
    const codes = codesOf(version);
    const group = codes.map((code) => this.#byCode.get(code)).find((known) => known !== undefined) ?? this.#newGroup();
    for (const code of codes) if (!this.#byCode.has(code)) this.#byCode.set(code, group);
    if (group.length < this.#max) group.push(version);
  }

  #newGroup(): Version[] {
    const group: Version[] = [];
    this.#groups.push(group);
    return group;
  }

  all(): readonly Version[] {
    return this.#groups.flat();
  }
}

/** What tells that two observations are of one kind: any coding in common, or the same text where there is none. */
function codesOf(version: Version): readonly string[] {
  const { code } = parseBody<JsonObject>(version);
  const { coding, text } = isJsonObject(code) ? code : ({} as JsonObject);
  const codings = (Array.isArray(coding) ? (coding as readonly Json[]) : []).filter(isJsonObject);
  const codes = codings.map((each) => `${String(each.system ?? "")}|${String(each.code ?? each.display ?? "")}`);
  return codes.length > 0 ? codes : [`text ${String(text ?? "")}`];
}
