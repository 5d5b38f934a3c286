import { createHmac } from "node:crypto";
import {
  type Clock,
  failed,
  incorrect,
  type JsonObject,
  limits,
  notFound,
  ok,
  type Result,
  unsupported,
} from "#kernel";
import { type Cursor, type Deidentifiers, type HealthRecord, parseBody } from "#record";
import { compileRuleSet, Keyed, type Project, patientsOf, RuleCounts, ruleSets } from "#standards/deidentification";
import { isProjectName, openProjectKey } from "./project-key.ts";

/** The same rules and keys as `corridor deidentify` has, for what leaves by `$export`. */
export function exportDeidentifiers(dataFolder: string, clock: Clock): Deidentifiers {
  const check: Deidentifiers["check"] = ({ rules, project }) => {
    if (!ruleSets.has(rules)) return failed(noSuchRules);
    return isProjectName(project) ? ok(undefined) : failed(wrongProject);
  };
  return {
    check,
    open: async (as, record) => {
      const checked = check(as);
      if (!checked.ok) return checked;
      const ruleSet = ruleSets.get(as.rules);
      if (ruleSet === undefined) return failed(noSuchRules);
      const deidentifier = compileRuleSet(ruleSet);
      if (!deidentifier.ok) return deidentifier;
      const key = await openProjectKey(dataFolder, as.project);
      if (!key.ok) return key;
      const known = await patientsIn(record);
      if (!known.ok) return known;
      const digest = (text: string) => createHmac("sha256", key.value).update(text).digest();
      const year = new Date(clock.now()).getUTCFullYear();
      const keyed = new Keyed({ digest, year, ...known.value, reviewed: new Set() });
      const counts = new RuleCounts();
      return ok((resource) => deidentifier.value.resource(resource, keyed, counts));
    },
  };
}

/** By id and by identifier, the key of each patient's dates; and what they are called. */
async function patientsIn(record: HealthRecord): Promise<Result<Pick<Project, "patients" | "people">>> {
  const keys = new Map<string, string>();
  const people = new Set<string>();
  const known = { patients: keys, people };
  let after: Cursor | undefined;
  do {
    const page = await record.search({
      kind: "Patient",
      all: [],
      sort: { by: "updated", descending: false },
      limit: limits.pageSizeMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page.problems[0].category === "forbidden" ? ok(known) : page;
    for (const version of page.value.versions) {
      for (const { key, names, words = [] } of patientsOf(parseBody<JsonObject>(version))) {
        for (const name of names) keys.set(name, key);
        for (const word of words) people.add(word);
      }
    }
    if (keys.size > limits.deidentifiedNamesMax) return failed(tooManyPatients);
    after = page.value.next;
  } while (after !== undefined);
  return ok(known);
}

const noSuchRules = notFound("rules-unknown", `_deidentify must be one of ${[...ruleSets.keys()].join(", ")}.`, {
  where: "_deidentify",
});
const wrongProject = incorrect(
  "project-name-incorrect",
  "_project must name a project: up to 64 letters, digits, hyphens and underscores.",
  { where: "_project" },
);
const tooManyPatients = unsupported(
  "too-many-patients",
  "There are too many patients to de-identify them in one export: export and use corridor deidentify.",
);
