import assert from "node:assert/strict";
import test from "node:test";
import { expectOk, silentLog } from "#kernel";
import { startMllpListener } from "#links/mllp";
import { prometheusMeter } from "./meter.ts";

test("what is counted, read and timed shows in the text for Prometheus", async () => {
  const meter = prometheusMeter();
  const messages = meter.counter("corridor_messages_total", "Messages received.", ["link"]);
  messages.add(1, { link: "lab" });
  messages.add(2, { link: "lab" });
  meter.gauge("corridor_streams", "Live streams open.", () => 7);
  meter.histogram("corridor_commit_seconds", "Time of a commit.", [0.01, 0.1]).observe(0.05);
  const text = await meter.text();
  assert.match(text, /^corridor_messages_total\{link="lab"\} 3$/m);
  assert.match(text, /^corridor_streams 7$/m);
  assert.match(text, /^corridor_commit_seconds_bucket\{le="0.1"\} 1$/m);
  assert.match(text, /^corridor_commit_seconds_bucket\{le="0.01"\} 0$/m);
  assert.match(text, /^process_resident_memory_bytes \d+/m);
});

test("two meters do not share their counters", async () => {
  const first = prometheusMeter();
  first.counter("corridor_things_total", "Things.").add();
  assert.doesNotMatch(await prometheusMeter().text(), /corridor_things_total/);
});

test("what two links count by one name is one counter, their counts told apart by the label", async () => {
  const meter = prometheusMeter();
  for (const link of ["lab", "pas"]) {
    meter.counter("corridor_messages_total", "Messages received.", ["link"]).add(1, { link });
    meter.histogram("corridor_answer_seconds", "Time to the answer.", [0.1], ["link"]).observe(0.05, { link });
  }
  const text = await meter.text();
  for (const link of ["lab", "pas"]) {
    assert.match(text, new RegExp(`^corridor_messages_total\\{link="${link}"\\} 1$`, "m"));
    assert.match(text, new RegExp(`^corridor_answer_seconds_count\\{link="${link}"\\} 1$`, "m"));
  }
});

test("two MLLP listeners open on one meter", async (t) => {
  const meter = prometheusMeter();
  for (const name of ["lab", "pas"]) {
    const open = await startMllpListener({
      host: "127.0.0.1",
      port: 0,
      name,
      receive: async () => undefined,
      refuse: async () => undefined,
      log: silentLog,
      meter,
    });
    const listener = expectOk(open);
    t.after(() => listener.stop());
  }
  assert.match(await meter.text(), /^# TYPE corridor_mllp_messages_total counter$/m);
});
