import { failed, incorrect, limits, ok, type Result } from "#kernel";
import { attributeOf, isPrivate, parseTag, type Tag, tagNamed, tagText } from "#standards/dicom";
import { suggestion } from "./suggestion.ts";

/** An attribute, behind the sequences that it stands in. */
export interface AttributePath {
  readonly path: readonly Tag[];
  /** `RequestAttributesSequence.ScheduledProcedureStepID`, as it stood. */
  readonly text: string;
  /** Of the attribute itself; `UN` where it is private. Of several, the first. */
  readonly vr: string;
}

/**
 * Reads `PatientName`, `00100010`, `RequestAttributesSequence.00400009`. Problems: `attribute-unknown`, with what it may have been
 * meant to be; `attribute-path-invalid`. `others` are further words that may stand in its place.
 * Source: PS3.18 §8.3.4.1.
 */
export function parseAttributePath(text: string, others: readonly string[] = []): Result<AttributePath> {
  const parts = text.split(".");
  if (parts.length > limits.queryPathMax) {
    const message = `A path leads through ${limits.queryPathMax} attributes at most.`;
    return failed(incorrect("attribute-path-invalid", message, { where: text.slice(0, 100) }));
  }
  const path: Tag[] = [];
  for (const [index, part] of parts.entries()) {
    const tag = /^[0-9A-Fa-f]{8}$/.test(part) ? parseTag(part) : tagNamed(part);
    const isKnown = tag !== undefined && (attributeOf(tag) !== undefined || isPrivate(tag));
    if (!isKnown) return failed(unknown(part, index === 0 ? others : []));
    if (index < parts.length - 1 && !isPrivate(tag) && attributeOf(tag)?.vr !== "SQ") {
      const message = `${part} is no sequence, and nothing stands in it.`;
      return failed(incorrect("attribute-path-invalid", message, { where: tagText(tag) }));
    }
    path.push(tag);
  }
  const vr = attributeOf(path.at(-1) ?? 0)?.vr.split("/")[0] ?? "UN";
  return ok({ path, text, vr });
}

function unknown(word: string, others: readonly string[]) {
  const shown = word.slice(0, 64);
  const near = suggestion(word, others);
  const meant = near === undefined ? "" : ` Did you mean ${near}?`;
  return incorrect("attribute-unknown", `${shown} is no attribute of DICOM, nor a parameter of this request.${meant}`, {
    where: shown,
  });
}
