import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { instant } from "#kernel";
import { keepHospitalClock } from "../clock/hospital-clock.ts";
import { formatAgo, formatClock, formatDate, formatDateTime } from "./dates.ts";
import { formatNhsNumber } from "./numbers.ts";

// Source: NHS Common User Interface, Date Display.
describe("Dates as people in a hospital read them", () => {
  it("names the month, so that no day is taken for a month", () => {
    assert.equal(formatDate("2024-03-12"), "12-Mar-2024");
  });

  it("shows as much of a date as is known", () => {
    assert.equal(formatDate("2024-03"), "Mar-2024");
    assert.equal(formatDate("1961"), "1961");
  });

  it("gives back text that is no date, rather than inventing one", () => {
    assert.equal(formatDate("last spring"), "last spring");
    assert.equal(formatDateTime("2024-03-12Tmidnight"), "2024-03-12Tmidnight");
  });

  it("shows hours and minutes where a time is known", () => {
    keepHospitalClock("Europe/London");
    assert.equal(formatDateTime("2024-03-12T14:05:00Z"), "12-Mar-2024 14:05");
    assert.equal(formatDateTime("2024-03-12"), "12-Mar-2024");
  });

  it("shows the clock of the hospital, wherever the browser is", () => {
    keepHospitalClock("Pacific/Auckland");
    assert.equal(formatDateTime("2024-03-12T14:05:00Z"), "13-Mar-2024 03:05");
    assert.equal(formatDate("2024-03-12T14:05:00Z"), "13-Mar-2024");
    assert.equal(formatClock("2024-03-12T14:05:09Z"), "03:05:09");
    keepHospitalClock("Asia/Kolkata");
    assert.equal(formatDateTime("2024-03-12T14:05:00Z"), "12-Mar-2024 19:35");
  });

  it("says how long ago something was until it is a day old", () => {
    const now = instant(Date.parse("2024-03-12T12:00:00Z"));
    assert.equal(formatAgo("2024-03-12T11:59:58Z", now), "just now");
    assert.equal(formatAgo("2024-03-12T11:59:20Z", now), "40 s ago");
    assert.equal(formatAgo("2024-03-12T11:15:00Z", now), "45 min ago");
    assert.equal(formatAgo("2024-03-12T02:00:00Z", now), "10 h ago");
    assert.equal(formatAgo("2024-03-01", now), "01-Mar-2024");
  });
});

describe("NHS number", () => {
  it("is read in groups of three, three and four", () => {
    assert.equal(formatNhsNumber("9991234567"), "999 123 4567");
    assert.equal(formatNhsNumber("999 123 4567"), "999 123 4567");
  });

  it("of another length is shown as it came", () => {
    assert.equal(formatNhsNumber("12345"), "12345");
  });
});
