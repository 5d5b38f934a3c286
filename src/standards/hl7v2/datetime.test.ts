// HL7 v2.5.1 §2.A.22 (DTM), §2.A.75 (TM); FHIR R4 §2.24.0.1 (dateTime, time).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hospitalTime } from "#kernel";
import { type DateTimeOptions, readDateTime, readTime } from "./datetime.ts";

const london: DateTimeOptions = { offsetMinutesAt: hospitalTime("Europe/London").offsetMinutesAt };

function read(text: string, options: DateTimeOptions = london): string {
  const result = readDateTime({ text }, options);
  return result.ok ? `${result.value.text} ${result.value.precision} ${result.value.zone}` : result.problems[0].message;
}

describe("A date and time", () => {
  const cases: readonly (readonly [sent: string, read: string])[] = [
    ["2024", "2024 year absent"],
    ["202403", "2024-03 month absent"],
    ["20240314", "2024-03-14 day absent"],
    ["2024031412", "2024-03-14T12:00:00+00:00 hour default"],
    ["202403141259", "2024-03-14T12:59:00+00:00 minute default"],
    ["20240614125907", "2024-06-14T12:59:07+01:00 second default"],
    ["20240314125907.2500", "2024-03-14T12:59:07.2500+00:00 fraction default"],
    ["201203141259-0215", "2012-03-14T12:59:00-02:15 minute given"],
    ["20240314125960+0000", "2024-03-14T12:59:60+00:00 second given"],
    ["20240229", "2024-02-29 day absent"],
    ["20000229", "2000-02-29 day absent"],
    [" 20240314 ", "2024-03-14 day absent"],
    ["20240314+0100", "2024-03-14 day absent"],
  ];
  for (const [sent, expected] of cases) it(`${sent} is ${expected}`, () => assert.equal(read(sent), expected));

  it("keeps the day apart, for what has only a day", () => {
    const result = readDateTime({ text: "196203200815" });
    assert.equal(result.ok && result.value.date, "1962-03-20");
  });

  it("without an offset and without a default has none, and says so", () => {
    assert.equal(read("202403141259", {}), "2024-03-14T12:59:00 minute absent");
  });

  it("takes a fixed default, such as that of MSH-7", () => {
    assert.equal(read("202403141259", { offsetMinutesAt: () => -330 }), "2024-03-14T12:59:00-05:30 minute default");
  });

  it("that the calendar or the clock does not have is refused", () => {
    for (const sent of ["20230229", "19000229", "20240431", "20241301", "20240100", "00000000", "0000"]) {
      assert.equal(read(sent), "The value is a date that does not exist.", sent);
    }
    for (const sent of ["2024031424", "202403141260", "20240314125961"]) {
      assert.equal(read(sent), "The value is a time that does not exist.", sent);
    }
    assert.equal(read("202403141259+1500"), "The value has an offset from UTC that does not exist.");
    assert.equal(read("202403141259+0060"), "The value has an offset from UTC that does not exist.");
  });

  it("of another form is refused, with its position and without its text", () => {
    for (const text of ["", "2024-03-14", "202403141", "14/03/2024", "20240314 1259", "unknown"]) {
      assert.deepEqual(readDateTime({ text, where: "PID[1]-7[1]" }), {
        ok: false,
        problems: [
          {
            category: "incorrect",
            code: "date-invalid",
            message: "The value is not a date or time of the form YYYYMMDDHHMMSS.",
            where: "PID[1]-7[1]",
          },
        ],
      });
    }
  });
});

describe("A time of day", () => {
  it("is filled up to the second and loses its offset", () => {
    const read = (text: string) => {
      const result = readTime({ text });
      return result.ok ? result.value : result.problems[0].code;
    };
    assert.deepEqual(["08", "0815", "081530", "081530.25", "0815+0100", "2400", "8:15", ""].map(read), [
      "08:00:00",
      "08:15:00",
      "08:15:30",
      "08:15:30.25",
      "08:15:00",
      "time-invalid",
      "time-invalid",
      "time-invalid",
    ]);
  });
});
