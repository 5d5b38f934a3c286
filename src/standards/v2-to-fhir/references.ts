import { enter, put } from "./draft.ts";
import { namedResource, type Scope } from "./scope.ts";
import { type Target, targetOf } from "./target.ts";

/** One reference of a message row: `Observation[2].subject.reference=Patient[1].id`; a text in quotes is assigned. */
export interface ReadyReference {
  /** The resource that holds it. */
  readonly holder: string;
  /** Where in the holder, by the holder's type. */
  targetIn(type: string): Target | undefined;
  readonly text: string | undefined;
  /** The resource that it points at. */
  readonly pointed: string;
}

/** The references of a row, several divided by semicolons. */
export function readyReferences(references: string): readonly ReadyReference[] {
  return references.split(";").flatMap((each) => {
    const [, left = "", path = "", right = ""] =
      /^\s*([A-Z][A-Za-z]+(?:\[[^\]]*\])?)\.([^=]+)=\s*(.+?)\s*$/.exec(each) ?? [];
    if (left === "") return [];
    const name = right.replace(/\.id$/, "");
    return [
      {
        holder: left === "Immunzation" ? "Immunization" : left,
        targetIn: targetsOf(path),
        text: /^"(.*)"$/.exec(right)?.[1],
        pointed: segments[name] ?? name,
      },
    ];
  });
}

function targetsOf(path: string): ReadyReference["targetIn"] {
  const known = new Map<string, Target | undefined>();
  return (type) => {
    if (!known.has(type)) known.set(type, targetOf(repairedPath(path, type), type));
    return known.get(type);
  };
}

const segments: Readonly<Record<string, string>> = {
  "Patient[PID]": "Patient[1]",
  "ServiceRequest[ORC]": "ServiceRequest[1]",
};

/** Whether the reference could be made. */
export function writeReference(
  scope: Scope,
  { holder: left, targetIn, text, pointed: right }: ReadyReference,
): boolean {
  const holder = namedResource(scope, left);
  if (holder === undefined) return false;
  const target = targetIn(holder.type);
  const last = target?.last;
  if (target === undefined || last === undefined) return false;
  let draft = holder as Parameters<typeof put>[0];
  const pointed = text === undefined ? namedResource(scope, right) : undefined;
  if ((text === undefined && pointed === undefined) || pointed === holder) return false;
  const at = pointed?.id ?? "1";
  for (const way of target.way) draft = enter(scope.drafts, draft, { way, scope: at });
  if (text !== undefined) return put(draft, last, text);
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
