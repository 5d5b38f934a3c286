import type { AuditEventAgent } from "#standards/fhir";
import type { Agent } from "./act.ts";
import { actCodes } from "./codes.ts";
import type { OwnBody } from "./entry.ts";
import { corridorReferences, purposes } from "./render-values.ts";

/** Corridor, as who answered and as who recorded it: IHE BALP wants the two to be the same. */
export const corridor = { display: "Corridor" } as const;

/** The program that called, Corridor that answered, and who asked for it. Source: IHE BALP 1.1.4, the agents' slices. */
export function agentsOf({ act, agent, reason }: OwnBody): readonly AuditEventAgent[] {
  const { client, server, user } = actCodes[act].agents;
  const agents: AuditEventAgent[] = [
    { type: { coding: [client] }, who: { display: agent.via }, requestor: false, network: networkOf(agent) },
    {
      type: { coding: [server] },
      who: corridor,
      requestor: false,
      // An authorizer is no device on a network. Source: IHE BALP 1.1.4, AuthZconsent.
      ...(act === "consent-decision" ? {} : { network: { address: "corridor", type: "1" } as const }),
    },
    {
      type: { coding: [user] },
      ...rolesOf(agent),
      who: { identifier: { system: corridorReferences, value: agent.reference }, display: agent.display },
      // What a search for an agent finds, where the profile allows it.
      ...(act === "consent-decision" ? {} : { altId: agent.reference }),
      name: agent.display,
      requestor: true,
      purposeOfUse: purposes(agent.purpose, reason),
    },
  ];
  return act === "consent-decision" ? [...agents, hospital] : agents;
}

/** Those who do not come over a network run beside Corridor. */
function networkOf({ address }: Agent): NonNullable<AuditEventAgent["network"]> {
  return address === undefined ? { address: "localhost", type: "1" } : { address, type: "2" };
}

/** FHIR has no empty lists. */
function rolesOf({ roles }: Agent) {
  return roles.length === 0 ? {} : { role: roles.map((code) => ({ coding: [{ system: "urn:corridor:role", code }] })) };
}

const hospital: AuditEventAgent = {
  type: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-RoleClass", code: "PROV" }] },
  who: { display: "The hospital" },
  requestor: false,
};
