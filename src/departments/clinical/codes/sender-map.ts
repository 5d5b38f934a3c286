import { urnPart } from "../messages/coding-systems.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { CodeMap, MappedCode } from "./code-map.ts";
import type { UnknownCode } from "./unknown-code.ts";

/** The ConceptMap of one sender: what its codes and units mean, one group for each pair of systems. */
export type SenderMap = {
  readonly resourceType: "ConceptMap";
  readonly url: string;
  readonly identifier: { readonly system: string; readonly value: string };
  readonly name: string;
  readonly title: string;
  readonly status: "active";
  readonly group: readonly SenderMapGroup[];
};

type SenderMapGroup = {
  readonly source: string;
  /** Absent: codes for which there is no other. */
  readonly target?: string;
  readonly element: readonly SenderMapElement[];
};

type SenderMapElement = {
  readonly code: string;
  readonly display?: string;
  readonly target: readonly { readonly code?: string; readonly display?: string; readonly equivalence: string }[];
};

/** What all these maps are found by. */
export const senderMapIdentifier = { system: "urn:corridor:kind-of-map", value: "sender" } as const;

const mapUrl = "urn:corridor:maps:";

export function senderMapId(sender: string): string {
  return deterministicId("ConceptMap", sender);
}

/** The sender that a map is of; undefined for a map of another kind. */
export function senderOf({ url }: { readonly url?: string }): string | undefined {
  return url?.startsWith(mapUrl) ? decodeURIComponent(url.slice(mapUrl.length)) : undefined;
}

/** The map with one more meaning, in place of what it said of the code before. */
export function withMeaning(
  before: SenderMap | undefined,
  { sender, system, code, text }: Pick<UnknownCode, "sender" | "system" | "code" | "text">,
  meaning: MappedCode | "none",
): SenderMap {
  const element: SenderMapElement = {
    code,
    ...(text === undefined ? {} : { display: text }),
    target: [targetOf(meaning)],
  };
  const target = meaning === "none" ? undefined : meaning.system;
  const cleared = (before?.group ?? []).map((group) =>
    group.source === system ? { ...group, element: group.element.filter((each) => each.code !== code) } : group,
  );
  const fits = (group: SenderMapGroup) => group.source === system && group.target === target;
  const own = cleared.find(fits);
  const grown: SenderMapGroup = {
    source: system,
    ...(target === undefined ? {} : { target }),
    element: [...(own?.element ?? []), element],
  };
  const others = cleared.filter((group) => !fits(group) && group.element.length > 0);
  return { ...emptyMap(sender), group: [...others, grown] };
}

function targetOf(meaning: MappedCode | "none"): SenderMapElement["target"][number] {
  if (meaning === "none") return { equivalence: "unmatched" };
  const { code, display } = meaning;
  return { code, ...(display === undefined ? {} : { display }), equivalence: "equivalent" };
}

function emptyMap(sender: string): Omit<SenderMap, "group"> {
  return {
    resourceType: "ConceptMap",
    url: mapUrl + urnPart(sender),
    identifier: senderMapIdentifier,
    name: `SenderMap${senderMapId(sender).slice(0, 8)}`,
    title: `Codes and units of ${sender}`,
    status: "active",
  };
}

/** Ready to be asked. What is in it and not of this shape has no meaning here. */
export function compiledMap({ group = [] }: Pick<SenderMap, "group">): CodeMap {
  const meanings = new Map<string, MappedCode | "none">();
  for (const { source, target, element = [] } of group) {
    for (const { code, target: targets = [] } of element) {
      const [first] = targets;
      const isNone = target === undefined || first?.code === undefined || first.equivalence === "unmatched";
      const display = first?.display === undefined ? {} : { display: first.display };
      meanings.set(`${source} ${code}`, isNone ? "none" : { system: target, code: first.code, ...display });
    }
  }
  return { codeFor: (system, code) => meanings.get(`${system} ${code}`) };
}
