import type { ImageCursor } from "#imaging";
import { forbidden } from "#kernel";
import { type Matches, type QueryRequest, type Status, statusOf, success } from "#standards/dimse";
import { foundIdentifier } from "./found-identifier.ts";
import type { NodeCaller } from "./node-caller.ts";
import { imageQuestion } from "./query-keys.ts";

/** C-FIND at every level. Source: PS3.4 §C.4.1. */
export async function* findImages(
  request: QueryRequest<NodeCaller>,
  ownAeTitle: string,
): AsyncGenerator<Matches, Status, void> {
  const { context, node } = request.association.caller;
  if (!node.mayFind) return statusOf(mayNotFind, "C-FIND");
  const question = imageQuestion(request.identifier, { isFuzzy: request.extended.hasFuzzyNames });
  if (!question.ok) return statusOf(question.problems[0], "C-FIND");
  const { query, wanted, hasUnsupportedKeys } = question.value;
  let after: ImageCursor | undefined;
  do {
    const found = await context.images.find({ ...query, ...(after === undefined ? {} : { after }) });
    if (!found.ok) return statusOf(found.problems[0], "C-FIND");
    const identifiers = found.value.rows.map((row) => foundIdentifier(row, wanted, ownAeTitle));
    if (identifiers.length > 0) yield { identifiers, ...(hasUnsupportedKeys ? { hasUnsupportedKeys } : {}) };
    after = found.value.next;
  } while (after !== undefined && !request.signal.aborted);
  return success;
}

const mayNotFind = forbidden("node-may-not-find", "The node may not search here.");
