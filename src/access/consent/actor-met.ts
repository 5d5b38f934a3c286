import { type Asker, accountSystem, type Met, roleSystem } from "./asker.ts";
import type { RuleActor } from "./rule.ts";

/** Whether one of the actors is the asker. Actors that name who wrote the data are left out: see `authorsIn`. */
export function actorMet(actors: readonly RuleActor[], asker: Asker): Met {
  const askers = actors.filter((actor) => !isAuthor(actor));
  if (askers.length === 0) return "yes";
  const met = askers.map((actor) => oneMet(actor, asker));
  if (met.includes("yes")) return "yes";
  return met.includes("unclear") ? "unclear" : "no";
}

/** Source: HL7 v3 ParticipationType AUT (author). */
export function isAuthor({ roles }: RuleActor): boolean {
  return roles.some(({ code, system }) => code === "AUT" && system !== roleSystem);
}

/** A role of Corridor and who it is must both be met; an actor that names neither could be anybody. */
function oneMet({ roles, reference, identifier }: RuleActor, asker: Asker): Met {
  const named = roles.filter(({ system }) => system === roleSystem);
  const met: Met[] = [];
  if (named.length > 0) met.push(named.some(({ code }) => asker.roles.includes(code)) ? "yes" : "no");
  if (identifier?.system === roleSystem) met.push(asker.roles.includes(identifier.code) ? "yes" : "no");
  else if (identifier?.system === accountSystem) met.push(asker.references.has(identifier.code) ? "yes" : "no");
  else if (reference !== undefined) met.push(referenceMet(reference, asker));
  else if (identifier !== undefined) met.push("unclear");
  if (met.length === 0) return "unclear";
  if (met.includes("no")) return "no";
  return met.includes("unclear") ? "unclear" : "yes";
}

/** What says who somebody is in the world outside; whether an asker is that, only their links can tell. */
const linked: readonly string[] = [
  "Practitioner",
  "PractitionerRole",
  "Organization",
  "CareTeam",
  "Device",
  "Endpoint",
];

/** Nobody who asks is a patient or a relative of one: those have no accounts. Who is in a Group is not known. */
function referenceMet(reference: string, asker: Asker): Met {
  if (asker.references.has(reference)) return "yes";
  const type = reference.slice(0, reference.indexOf("/"));
  if (linked.includes(type)) return asker.isUnlinked && !isKnownAs(type, asker) ? "unclear" : "no";
  return type === "Patient" || type === "RelatedPerson" ? "no" : "unclear";
}

/** A link that says which organisation it tells is no other organisation, and may still be any device. */
function isKnownAs(type: string, { references }: Asker): boolean {
  return [...references].some((reference) => reference.startsWith(`${type}/`));
}
