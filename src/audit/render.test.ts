/** AuditEvents in the shapes of IHE BALP 1.1.4. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { instant } from "#kernel";
import type { SealedAuditEntry } from "#record";
import { type AuditEvent, checkResource } from "#standards/fhir";
import { actCodes } from "./codes.ts";
import { auditEntry, type OwnBody } from "./entry.ts";
import { renderAuditEvent } from "./render.ts";

const read: OwnBody = {
  at: instant(Date.UTC(2026, 2, 2, 9)),
  act: "read",
  agent: {
    reference: "User/7",
    display: "Dr Ingrid Lindqvist",
    roles: ["doctor"],
    purpose: "TREAT",
    via: "session",
    address: "10.1.2.3",
  },
  outcome: 0,
  patients: ["Patient/osei"],
  entities: ["Observation/hb/_history/2"],
};

const sealed = (body: OwnBody): SealedAuditEntry => ({ ...auditEntry(body), sequence: 12, hash: "0".repeat(64) });
const rendered = (body: OwnBody) => renderAuditEvent(sealed(body)) as AuditEvent;

describe("an entry of the log, as an AuditEvent", () => {
  it("says who did what to whose document, why, when, from where", () => {
    const event = rendered(read);
    assert.deepEqual([event.id, event.action, event.outcome], ["12", "R", "0"]);
    assert.deepEqual([event.type.code, event.subtype?.[0]?.code], ["rest", "read"]);
    assert.equal(event.recorded, "2026-03-02T09:00:00.000Z");
    assert.equal(event.purposeOfEvent?.[0]?.coding?.[0]?.code, "TREAT");
    const person = event.agent.find((agent) => agent.requestor);
    assert.deepEqual([person?.name, person?.altId], ["Dr Ingrid Lindqvist", "User/7"]);
    assert.equal(person?.role?.[0]?.coding?.[0]?.code, "doctor");
    assert.deepEqual(
      event.entity?.map(({ what, role }) => [what?.reference, role?.code]),
      [
        ["Patient/osei", "1"],
        ["Observation/hb/_history/2", "4"],
      ],
    );
  });

  it("names the caller as the destination of a read and the source of all else", () => {
    const callerRole = (act: OwnBody["act"]) => {
      const caller = rendered({ ...read, act }).agent.find((agent) => agent.network?.address === "10.1.2.3");
      return caller?.type?.coding?.[0]?.code;
    };
    assert.deepEqual([callerRole("read"), callerRole("search"), callerRole("create")], ["110152", "110153", "110153"]);
  });

  it("keeps the question of a search in base64, as the type of the element demands", () => {
    const query = "Observation?patient=Patient/osei";
    const event = rendered({ ...read, act: "search", entities: ["Observation"], query });
    const asked = event.entity?.find((entity) => entity.role?.code === "24");
    assert.equal(Buffer.from(asked?.query ?? "", "base64").toString(), query);
  });

  it("names what FHIR has no type for by an identifier", () => {
    const event = rendered({ ...read, entities: ["LinkMessage/m1/_history/1", "Blob/00ff"] });
    const named = event.entity?.slice(1).map(({ what }) => what?.identifier?.value);
    assert.deepEqual(named, ["LinkMessage/m1/_history/1", "Blob/00ff"]);
  });

  it("says why it was refused", () => {
    const event = rendered({ ...read, outcome: 4, problem: "kind-forbidden" });
    assert.deepEqual([event.outcome, event.outcomeDesc], ["4", "kind-forbidden"]);
  });

  const bare = {
    ...read,
    agent: { reference: "Anonymous", display: "Not signed in", roles: [], purpose: "HOPERAT", via: "nobody" },
  };
  for (const act of Object.keys(actCodes) as (keyof typeof actCodes)[]) {
    it(`of ${act} is sound R4`, () => {
      const query = "Observation?code=718-7";
      for (const body of [
        { ...read, act },
        { ...bare, act, patients: [], entities: [], query },
      ]) {
        assert.deepEqual(checkResource(rendered(body)), []);
      }
    });
  }
});
