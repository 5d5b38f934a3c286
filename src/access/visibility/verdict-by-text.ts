import type { Clause, Version } from "#record";

/**
 * Whether the document meets the condition, as far as the text of its body tells without reading it: most conditions leave
 * out a few documents, by a label or a patient whom the text must name to have. Undefined where it does not tell.
 */
export function verdictByText(version: Pick<Version, "id" | "body">, clause: Clause): boolean | undefined {
  switch (clause.is) {
    case "never":
      return false;
    case "id":
      return clause.any.includes(version.id);
    case "key":
      return clause.any.every((key) => lacks(version.body, key)) ? false : undefined;
    case "not":
      return opposite(verdictByText(version, clause.of));
    case "all":
      return joined(version, clause.of, false);
    case "any":
      return joined(version, clause.of, true);
    default:
      return undefined;
  }
}

/** Of several: one that says `decisive` decides, else all must tell. */
function joined(version: Pick<Version, "id" | "body">, of: readonly Clause[], decisive: boolean): boolean | undefined {
  let isOpen = false;
  for (const clause of of) {
    const verdict = verdictByText(version, clause);
    if (verdict === decisive) return decisive;
    isOpen ||= verdict === undefined;
  }
  return isOpen ? undefined : !decisive;
}

function opposite(verdict: boolean | undefined): boolean | undefined {
  return verdict === undefined ? undefined : !verdict;
}

/** Bodies are kept as this server writes JSON, which escapes no letter, digit, hyphen or dot; an id has nothing else. */
function lacks(body: string, key: string): boolean {
  if (key.startsWith("_security=")) return !body.includes('"security"');
  const [, id] = namingPatient.exec(key) ?? [];
  return id !== undefined && !body.includes(id);
}

/** `subject=Patient/1` */
const namingPatient = /^[\w-]+=Patient\/([A-Za-z0-9.-]+)$/;
