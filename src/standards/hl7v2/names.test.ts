import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { componentName, fieldName, positionNames, segmentTitle } from "./names.ts";

describe("Names of the parts of a message", () => {
  it("are those of the standard", () => {
    assert.equal(segmentTitle("PID"), "Patient Identification");
    assert.deepEqual(fieldName("PID", 5), { name: "Patient Name", dataType: "XPN", min: 1, max: "*" });
    assert.deepEqual(fieldName("OBX", 11), { name: "Observation Result Status", dataType: "ID", min: 1, max: 1 });
    assert.deepEqual(componentName("CX", 4), { name: "Assigning Authority", dataType: "HD", min: 0, max: 1 });
  });

  it("are found for a position, level by level", () => {
    const { segment, field, component, subcomponent } = positionNames("PID[1]-5[1].1.1");
    assert.deepEqual(
      [segment, field?.name, component?.name, subcomponent?.name],
      ["Patient Identification", "Patient Name", "Family Name", "Surname"],
    );
    assert.equal(positionNames("MSH-9.2").component?.name, "Trigger Event");
    assert.equal(positionNames("PID").field, undefined);
  });

  it("of the components of OBX-5 need the value type of OBX-2", () => {
    assert.equal(positionNames("OBX[3]-5[1].2", "CWE").component?.name, "Text");
    assert.equal(positionNames("OBX[3]-5[1].2", "SN").component?.name, "Num1");
    assert.equal(positionNames("OBX[3]-5[1].2").component, undefined);
    assert.equal(fieldName("OBX", 5)?.dataType, undefined);
  });

  it("are undefined where the official maps have none", () => {
    assert.equal(segmentTitle("ZPI"), undefined);
    assert.equal(fieldName("ZPI", 1), undefined);
    assert.equal(fieldName("PID", 99), undefined);
    assert.equal(fieldName("PID", 0), undefined);
    assert.equal(componentName("NM", 2), undefined);
    assert.equal(fieldName("constructor", 1), undefined);
    assert.deepEqual(positionNames("nonsense"), {
      segment: undefined,
      field: undefined,
      component: undefined,
      subcomponent: undefined,
    });
  });
});
