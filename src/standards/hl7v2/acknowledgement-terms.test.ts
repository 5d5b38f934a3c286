// HL7 v2.5.1 §2.9.2, §2.9.3, §2.15.9.15, §2.15.9.16; table 0155.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AckCode } from "./ack-codes.ts";
import { ackTerms, beginWaiting, isAcknowledgement, isAckWanted, takeAck } from "./acknowledgement-terms.ts";
import { type Header, peekHeader } from "./header.ts";

function header(commit: string, application: string): Header | undefined {
  const msh = `MSH|^~\\&|PATHLAB|MEADOW|||20261123||ORU^R01|M-1|P|2.5.1|||${commit}|${application}\r`;
  return peekHeader(new TextEncoder().encode(msh)).header;
}

describe("The terms of a message", () => {
  const rows = [
    ["", "", "by-message", "original NE AL"],
    ["AL", "NE", "by-message", "enhanced AL NE"],
    ["", "ER", "by-message", "enhanced NE ER"],
    ["SU", "", "by-message", "enhanced SU NE"],
    ["al", "??", "by-message", "enhanced AL AL"],
    ["AL", "AL", "original", "original NE AL"],
    ["", "", "enhanced", "enhanced AL AL"],
    ["NE", "AL", "enhanced", "enhanced NE AL"],
  ] as const;
  for (const [commit, application, setting, expected] of rows) {
    it(`with MSH-15 '${commit}' and MSH-16 '${application}' on a link '${setting}' are ${expected}`, () => {
      const terms = ackTerms(header(commit, application), setting);
      assert.equal(`${terms.mode} ${terms.commit} ${terms.application}`, expected);
    });
  }

  it("without a header are those of original mode", () => {
    assert.equal(ackTerms(undefined).mode, "original");
  });
});

describe("An acknowledgement is wanted", () => {
  const codes = ["AA", "AE", "AR", "CA", "CE", "CR"] as const;
  const wanted = (condition: "AL" | "NE" | "ER" | "SU") => codes.filter((code) => isAckWanted(condition, code));
  it("always, never, on error, or on success", () => {
    assert.deepEqual(wanted("AL"), codes);
    assert.deepEqual(wanted("NE"), []);
    assert.deepEqual(wanted("ER"), ["AE", "AR", "CE", "CR"]);
    assert.deepEqual(wanted("SU"), ["AA", "CA"]);
  });
});

describe("Whoever waits for acknowledgements", () => {
  const rows: readonly (readonly [string, string, readonly AckCode[], string])[] = [
    ["", "", [], "application or unanswered"],
    ["", "", ["AA"], "accepted"],
    ["", "", ["CA"], "accepted"],
    ["", "", ["AE"], "refused"],
    ["", "", ["CR"], "refused"],
    ["AL", "AL", [], "commit or unanswered"],
    ["AL", "AL", ["CA"], "application or unanswered"],
    ["AL", "AL", ["CA", "CA"], "application or unanswered"],
    ["AL", "AL", ["CA", "AA"], "accepted"],
    ["AL", "AL", ["CA", "AR"], "refused"],
    ["AL", "AL", ["CE"], "refused"],
    ["AL", "AL", ["AA"], "accepted"],
    ["AL", "NE", ["CA"], "accepted"],
    ["AL", "ER", ["CA"], "application or accepted"],
    ["SU", "AL", ["CA"], "application or unanswered"],
    ["NE", "AL", [], "application or unanswered"],
    ["NE", "AL", ["CA"], "application or unanswered"],
    ["ER", "AL", ["CE"], "refused"],
    ["ER", "NE", [], "commit or accepted"],
    ["ER", "ER", [], "application or accepted"],
    ["NE", "NE", [], "accepted"],
  ];
  for (const [commit, application, codes, expected] of rows) {
    it(`under '${commit}' and '${application}', after ${codes.join(", ") || "nothing"}: ${expected}`, () => {
      const terms = ackTerms(header(commit, application));
      const progress = codes.reduce((before, code) => takeAck(before, code, terms), beginWaiting(terms));
      assert.equal(progress.is === "waiting" ? `${progress.stage} or ${progress.silence}` : progress.is, expected);
    });
  }
});

it("An acknowledgement is known by its type", () => {
  const ofType = (type: string) =>
    isAcknowledgement(peekHeader(new TextEncoder().encode(`MSH|^~\\&|A||||||${type}|1|P|2.4\r`)).header);
  assert.deepEqual(["ACK", "ACK^R01^ACK", "MCF", "ORU^R01", "ORR^O02"].map(ofType), [true, true, true, false, false]);
});
