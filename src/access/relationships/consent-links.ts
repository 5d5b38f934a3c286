import type { ActorLinks } from "../consent/consent-rule.ts";
import type { VisibilityQuestion } from "../visibility/visibility.ts";
import type { Relationships } from "./relationships.ts";

/** What consents need to know of people: who they are in the directory, and for which patients they broke the glass. */
export async function consentLinks(
  relationships: Relationships,
  question: Pick<VisibilityQuestion, "actor" | "record" | "clock">,
): Promise<ActorLinks> {
  if (!question.actor.reference.startsWith("User/")) return {};
  const relations = await relationships.of(question);
  if (!relations.ok) return {};
  const { references, opened } = relations.value;
  const overridden = [...opened].map((id) => `Patient/${id}`);
  return references.length === 0 ? { overridden } : { references, overridden };
}
