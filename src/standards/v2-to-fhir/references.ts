import { enter, put } from "./draft.ts";
import { namedResource, type Scope } from "./scope.ts";
import { targetOf } from "./target.ts";

/**
 * The references of a message row: `Observation[2].subject.reference=Patient[1].id`, several divided by semicolons;
 * a text in quotes is assigned. Whether all could be made.
 */
export function writeReferences(scope: Scope, references: string): boolean {
  let all = true;
  for (const each of references.split(";")) {
    const [, left = "", path = "", right = ""] =
      /^\s*([A-Z][A-Za-z]+(?:\[[^\]]*\])?)\.([^=]+)=\s*(.+?)\s*$/.exec(each) ?? [];
    if (left !== "" && !writeReference(scope, { left, path, right })) all = false;
  }
  return all;
}

interface ReferenceText {
  readonly left: string;
  readonly path: string;
  readonly right: string;
}

const segments: Readonly<Record<string, string>> = {
  "Patient[PID]": "Patient[1]",
  "ServiceRequest[ORC]": "ServiceRequest[1]",
};

function writeReference(scope: Scope, { left, path, right }: ReferenceText): boolean {
  const holder = namedResource(scope, left === "Immunzation" ? "Immunization" : left);
  if (holder === undefined) return false;
  const target = targetOf(repairedPath(path, holder.type), holder.type);
  const last = target?.last;
  if (target === undefined || last === undefined) return false;
  let draft = holder as Parameters<typeof put>[0];
  const literal = /^"(.*)"$/.exec(right)?.[1];
  const name = right.replace(/\.id$/, "");
  const pointed = literal === undefined ? namedResource(scope, segments[name] ?? name) : undefined;
  if ((literal === undefined && pointed === undefined) || pointed === holder) return false;
  const at = pointed?.id ?? "1";
  for (const way of target.way) draft = enter(scope.drafts, draft, { way, scope: at });
  if (literal !== undefined) return put(draft, last, literal);
  const reference = `${pointed?.type}/${pointed?.id}`;
  const list = last.isList ? ((draft.json[last.key] ?? []) as readonly { readonly reference?: string }[]) : [];
  if (list.some((item) => item.reference === reference)) return true;
  if (last.isList) draft.json[last.key] = [...(list as never[]), { reference }] as never;
  else draft.json[last.key] ??= { reference };
  return true;
}

/** Names that R4 has otherwise. */
function repairedPath(path: string, type: string): string {
  const plain = path.replace(/\.(?:reference|id)\)?$/, "").replace(/\(Specimen\..*$/, "");
  if (type === "Account" && plain === "subject") return "subject";
  if (type === "Encounter" && plain === "diagnosis") return "diagnosis.condition";
  if (type === "EpisodeOfCare" && plain === "diagnosis") return "diagnosis.condition";
  if (type === "Basic") return "subject";
  return plain;
}
