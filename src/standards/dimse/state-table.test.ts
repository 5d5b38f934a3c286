/** Source: PS3.8 Table 9-10, its rows and columns as they stand there; "13?" and the like are cells with a choice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { actions, type Event, events, type State, states, stepAssociation } from "./state-table.ts";

/** A row for each event, a column for Sta1 to Sta13; `-` is what cannot come to pass. */
const table = `
Evt1  AE-1>4 - - - - - - - - - - - -
Evt2  - - - AE-2>5 - - - - - - - - -
Evt3  - AA-1>13 AA-8>13 - AE-3>6 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-6>13
Evt4  - AA-1>13 AA-8>13 - AE-4>1 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-6>13
Evt5  AE-5>2 - - - - - - - - - - - -
Evt6  - AE-6>3 AA-8>13 - AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-7>13
Evt7  - - AE-7>6 - - - - - - - - - -
Evt8  - - AE-8>13 - - - - - - - - - -
Evt9  - - - - - DT-1>6 - AR-7>8 - - - - -
Evt10 - AA-1>13 AA-8>13 - AA-8>13 DT-2>6 AR-6>7 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-6>13
Evt11 - - - - - AR-1>7 - - - - - - -
Evt12 - AA-1>13 AA-8>13 - AA-8>13 AR-2>8 AR-8>9 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-6>13
Evt13 - AA-1>13 AA-8>13 - AA-8>13 AA-8>13 AR-3>1 AA-8>13 AA-8>13 AR-10>12 AR-3>1 AA-8>13 AA-6>13
Evt14 - - - - - - - AR-4>13 AR-9>11 - - AR-4>13 -
Evt15 - - AA-1>13 AA-2>1 AA-1>13 AA-1>13 AA-1>13 AA-1>13 AA-1>13 AA-1>13 AA-1>13 AA-1>13 -
Evt16 - AA-2>1 AA-3>1 - AA-3>1 AA-3>1 AA-3>1 AA-3>1 AA-3>1 AA-3>1 AA-3>1 AA-3>1 AA-2>1
Evt17 - AA-5>1 AA-4>1 AA-4>1 AA-4>1 AA-4>1 AA-4>1 AA-4>1 AA-4>1 AA-4>1 AA-4>1 AA-4>1 AR-5>1
Evt18 - AA-2>1 - - - - - - - - - - AA-2>1
Evt19 - AA-1>13 AA-8>13 - AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-8>13 AA-7>13`;

for (const row of table.trim().split("\n")) {
  const [event = "", ...cells] = row.split(/\s+/);
  test(`${event}, ${events[event as Event]}, is answered in each state as the table has it`, () => {
    const stepped = Object.keys(states).map((state) => {
      const step = stepAssociation(state as State, event as Event, { isRequester: true });
      return step === undefined ? "-" : `${step.action}>${step.next.slice(3)}`;
    });
    assert.deepEqual(stepped, cells);
  });
}

test("when both ask for the release at once, the acceptor waits for the requester", () => {
  assert.equal(stepAssociation("Sta7", "Evt12", { isRequester: false })?.next, "Sta10");
});

test("every association that is over has stopped its timer or closed its connection", () => {
  for (const action of ["AE-4", "AR-3", "AA-2", "AA-3"] as const) assert.ok(actions[action].includes("close"), action);
  for (const action of ["AR-5", "AA-5", "AA-2"] as const) assert.ok(actions[action].includes("stop-artim"), action);
});
